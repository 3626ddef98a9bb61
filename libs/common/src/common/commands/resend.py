"""`orderlink resend --to S --since T`: owe a restored service again what it had acknowledged."""

import argparse
import os
from datetime import datetime

from common.backup import resend
from common.commands.command import Command, Refused, say
from common.db import Database


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


def own_database(options: argparse.Namespace) -> Database:
    """Return the database of the service that we run beside. Raises Refused."""
    if options.since.tzinfo is None:
        raise Refused("The moment needs its zone: 2026-11-24T08:00:00+00:00.")
    if "DATABASE_URL" not in os.environ:
        raise Refused("Run this beside a service: DATABASE_URL is not set.")
    return Database(os.environ["DATABASE_URL"], pool_size=1, is_watched=False)


def run(options: argparse.Namespace) -> int:
    database = own_database(options)
    try:
        number = resend(database, subscriber=options.subscriber, since=options.since)
    finally:
        database.close()
    say(f"✓ {number} deliveries go to {options.subscriber} again.")
    return 0


COMMAND = Command("resend", "Sends to a restored service what it lost.", add_arguments, run)
