"""`orderlink seen --of S --since T`: what we know of a restored service, and it may not."""

import argparse

from common.backup import list_seen
from common.commands.command import Command, say
from common.commands.resend import add_since, own_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--of", required=True, dest="producer", help="the restored service")
    add_since(parser)


def run(options: argparse.Namespace) -> int:
    database = own_database(options)
    try:
        rows = list_seen(database, producer=options.producer, since=options.since)
    finally:
        database.close()
    for event_id, name, aggregate_id in rows:
        say(f"{event_id}  {name}  {aggregate_id}")
    say(f"✓ {len(rows)} events came from {options.producer} since then.")
    return 0


COMMAND = Command("seen", "Lists what came from a service since a moment.", add_arguments, run)
