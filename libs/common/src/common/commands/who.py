"""Who is at the command line: the log has a name for everything that is done."""

import argparse
import getpass
import os

from common.commands.command import Refused
from common.operations.doer import Doer

NAME = "ORDERLINK_OPERATOR"


def add_doer(parser: argparse.ArgumentParser) -> None:
    """Add `--as`; without it the environment or the machine's own account says who it is."""
    parser.add_argument(
        "--as",
        dest="doer",
        default="",
        metavar="NAME",
        help=f"who does it, for the log (or {NAME})",
    )


def doer_of(options: argparse.Namespace) -> Doer:
    """Return who does it. Raises Refused where nobody says: a container knows no people."""
    name = " ".join((options.doer or os.environ.get(NAME, "") or _account()).split())
    if not name:
        raise Refused(f"Say who does it: --as NAME, or {NAME} in the environment.")
    return Doer("command", None, name[:120])


def _account() -> str:
    """Return the machine's account, behind sudo that of the person."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return ""
