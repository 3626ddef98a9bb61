"""`orderlink operators add|list|remove`: who may sign in to look after the machinery."""

import argparse
import os

from common.commands import Command, Refused, say
from common.commands.who import add_doer, doer_of
from common.errors import Refusal
from common.translations import LANGUAGES
from identity.deps import Deps, make_deps
from identity.settings import Settings
from identity.store.operators import list_operators
from identity.usecases.keep_operators import add_operator, remove_operator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="what")
    what.add_parser("list", help="Who they are.")
    added = what.add_parser("add", help="Appoint one; the address is mailed the way to a password.")
    added.add_argument("email")
    added.add_argument("--name", default="")
    added.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    removed = what.add_parser("remove", help="Dismiss one, and end its sessions at once.")
    removed.add_argument("email")
    for parser_of in (added, removed):
        add_doer(parser_of)


def run(options: argparse.Namespace) -> int:
    """Do it in one transaction. Raises Refused."""
    parts = make_deps(Settings.from_env(os.environ))
    try:
        say(DEEDS[options.what](parts, options))
    except Refusal as refusal:
        raise Refused(refusal.detail) from refusal
    finally:
        parts.close()
    return 0


def _list(parts: Deps, options: argparse.Namespace) -> str:
    with parts.database.transaction() as session:
        rows = [
            f"{user.email}\t{user.name}\t{operator.since:%Y-%m-%d}"
            for operator, user in list_operators(session)
        ]
    return "\n".join(rows) or "There is no operator yet."


def _add(parts: Deps, options: argparse.Namespace) -> str:
    given = {"email": options.email, "name": options.name, "language": options.language}
    with parts.database.transaction() as session:
        user = add_operator(session, doer_of(options), **given, now=parts.now())
    return f"✓ {user.email} is an operator; a mail says how to set a password."


def _remove(parts: Deps, options: argparse.Namespace) -> str:
    with parts.database.transaction() as session:
        dead = remove_operator(session, doer_of(options), email=options.email)
    parts.copies.bury(dead)
    return f"✓ {options.email} is no operator any more."


DEEDS = {"list": _list, "add": _add, "remove": _remove}
COMMAND = Command("operators", "Says who may sign in as operator.", add_arguments, run)
