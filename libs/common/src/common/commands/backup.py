"""`orderlink backup [--service S] --to FOLDER`: one folder per service in it."""

import argparse
from pathlib import Path

from common.backup import UnusableBackup, back_up
from common.backup.programs import ProgramFailed
from common.commands.command import Command, Refused, say
from common.commands.vault import add_service, database_of, services_of, storage_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_service(parser, is_required=False)
    parser.add_argument(
        "--to", required=True, type=Path, help="a folder; each service gets its own"
    )


def run(options: argparse.Namespace) -> int:
    """Back up while everything runs. Raises Refused."""
    for service in services_of(options):
        try:
            manifest = back_up(
                service,
                database=database_of(service),
                storage=storage_of(service),
                to=options.to / service,
            )
        except (UnusableBackup, ProgramFailed) as why:
            raise Refused(str(why)) from why
        size = sum(int(each["bytes"]) for each in manifest.files.values())
        say(f"✓ {service}: {len(manifest.files)} files, {size:,} bytes, as of {manifest.begun_at}")
    return 0


COMMAND = Command("backup", "Backs up databases and files of services.", add_arguments, run)
