"""`orderlink restore --service S --from FOLDER [--replace]`: then the others send again."""

import argparse
from pathlib import Path

from common.backup import UnusableBackup, restore
from common.backup.programs import ProgramFailed
from common.commands.command import Command, Refused, say
from common.commands.vault import add_service, database_of, storage_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_service(parser, is_required=True)
    parser.add_argument(
        "--from", required=True, type=Path, dest="source", help="what `backup --to` was told"
    )
    parser.add_argument("--replace", action="store_true", help="throw away what is there now")


def run(options: argparse.Namespace) -> int:
    """Restore one service whose processes are stopped, and say what comes next. Raises Refused."""
    service = options.service
    try:
        manifest = restore(
            service,
            database=database_of(service),
            storage=storage_of(service),
            source=options.source / service,
            replace=options.replace,
        )
    except (UnusableBackup, ProgramFailed) as why:
        raise Refused(str(why)) from why
    say(f"✓ {service} is as of {manifest.begun_at}, schema {manifest.schema}.")
    say("Next: migrate it, start it, and run beside every service, this one too:")
    say(f"  orderlink resend --to {service} --since {manifest.begun_at}")
    say(f"  orderlink seen --of {service} --since {manifest.begun_at}")
    return 0


COMMAND = Command("restore", "Puts one service back to a backup.", add_arguments, run)
