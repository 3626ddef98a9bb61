"""`orderlink resend --to S --since T`: owe a restored service again what it had acknowledged."""

import argparse
from datetime import datetime

from common.backup import resend
from common.commands.beside import own_database
from common.commands.command import Command, Refused, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, dest="subscriber", help="the restored service")
    add_since(parser)


def add_since(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        required=True,
        type=datetime.fromisoformat,
        help="the moment of its backup, with its zone: 2026-11-24T08:00:00+00:00",
    )


def check_zone(options: argparse.Namespace) -> None:
    """Raise Refused for a moment that could be meant anywhere."""
    if options.since.tzinfo is None:
        raise Refused("The moment needs its zone: 2026-11-24T08:00:00+00:00.")


def run(options: argparse.Namespace) -> int:
    check_zone(options)
    database = own_database()
    try:
        number = resend(database, subscriber=options.subscriber, since=options.since)
    finally:
        database.close()
    say(f"✓ {number} deliveries go to {options.subscriber} again.")
    return 0


COMMAND = Command("resend", "Sends to a restored service what it lost.", add_arguments, run)
