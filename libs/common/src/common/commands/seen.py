"""`orderlink seen --of S --since T`: what we know of a restored service, and it may not."""

import argparse

from common.backup import list_seen
from common.commands.beside import own_database
from common.commands.command import Command, say
from common.commands.resend import add_since, check_zone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--of", required=True, dest="producer", help="the restored service")
    add_since(parser)


def run(options: argparse.Namespace) -> int:
    check_zone(options)
    database = own_database()
    try:
        rows = list_seen(database, producer=options.producer, since=options.since)
    finally:
        database.close()
    for event_id, name, aggregate_id in rows:
        say(f"{event_id}  {name}  {aggregate_id}")
    say(f"✓ {len(rows)} events came from {options.producer} since then.")
    return 0


COMMAND = Command("seen", "Lists what came from a service since a moment.", add_arguments, run)
