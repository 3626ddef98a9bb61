"""What backup and restore are told: which services, where their databases and files are."""

import argparse
import os
from collections.abc import Sequence

from common.commands.beside import known_services
from common.commands.command import Refused
from common.files import Storage

ADDRESS = "BACKUP_DATABASE_URL"
HAVE_FILES = frozenset({"catalog", "links"})


def add_service(parser: argparse.ArgumentParser, *, is_required: bool) -> None:
    parser.add_argument(
        "--service", required=is_required, help="one service; without it all, one after the other"
    )


def services_of(options: argparse.Namespace) -> Sequence[str]:
    """Return the asked service, else ourselves and all peers."""
    if options.service:
        return [options.service]
    found = known_services()
    if not found:
        raise Refused("Say which: --service, or SERVICE and PEERS in the environment.")
    return found


def database_of(service: str) -> str:
    """Return the database's address as a role that sees every tenant's rows. Raises Refused."""
    address = os.environ.get(ADDRESS, "")
    if "{service}" not in address:
        raise Refused(
            f"{ADDRESS} must be the address of PostgreSQL as a superuser, with {{service}} where "
            "the database's name belongs: row-level security holds for all other roles."
        )
    return address.replace("{service}", service)


def storage_of(service: str) -> Storage | None:
    """Return where the service keeps files, None where it keeps none."""
    root = os.environ.get("MEDIA_ROOT", "")
    return Storage(root) if root and service in HAVE_FILES else None
