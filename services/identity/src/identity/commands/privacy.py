"""`orderlink privacy export|erase --email X`: one person, over all services at once."""

import argparse
import json
import os
from datetime import UTC
from pathlib import Path
from uuid import UUID

from common.commands import Command, Refused, say
from common.commands.who import add_doer, doer_of
from common.errors import Refusal
from common.privacy import Person, digest_of
from identity.commands.asking import Answers, ask_all
from identity.deps import Deps, make_deps
from identity.settings import Settings
from identity.usecases.close_doors import close_doors
from identity.usecases.find_person import find_person

ELSEWHERE = (
    "Backups hold what was there when they were made, until they are thrown away.",
    "NEXT ENGINE, Stripe, brands' own systems and people's mailboxes have what was sent to them.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="what")
    told = what.add_parser("export", help="Everything that is held of a person, as JSON.")
    told.add_argument("--to", type=Path, help="a new file; without it, here")
    erased = what.add_parser("erase", help="Shows what would go, asks, and erases it for good.")
    erased.add_argument("--reason", required=True, help="for the log; without the person's name")
    erased.add_argument("--dry-run", action="store_true", help="show only")
    erased.add_argument("--yes", action="store_true", help="do not ask")
    add_doer(erased)
    for each in (told, erased):
        each.add_argument("--email", required=True)
        each.add_argument(
            "--maker", type=UUID, action="append", default=[], help="only this maker's part"
        )
        each.add_argument(
            "--buyer",
            type=UUID,
            action="append",
            default=[],
            help="a buyer that is the person, too",
        )


def run(options: argparse.Namespace) -> int:
    """Do it. Raises Refused."""
    parts = make_deps(Settings.from_env(os.environ))
    try:
        DEEDS[options.what](parts, options)
    except Refusal as refusal:
        raise Refused(refusal.detail) from refusal
    finally:
        parts.close()
    return 0


def _export(parts: Deps, options: argparse.Namespace) -> None:
    person = _find(parts, options)
    answers = ask_all(parts, "privacy/export", person)
    told = {
        "about": options.email,
        "made_at": parts.now().astimezone(UTC).isoformat(),
        "services": {service: answer["parts"] for service, answer in answers.items()},
        "elsewhere": list(ELSEWHERE),
    }
    page = json.dumps(told, indent=2, ensure_ascii=False)
    if options.to is None:
        say(page)
        return
    with os.fdopen(os.open(options.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(page + "\n")
    rows = sum(len(part["rows"]) for answer in answers.values() for part in answer["parts"])
    say(f"✓ {rows} entries are in {options.to}. It is readable by you alone: keep it so.")


def _erase(parts: Deps, options: argparse.Namespace) -> None:
    person, doer = _find(parts, options), doer_of(options)
    if options.email.lower() in f"{options.reason} {doer.name}".lower():
        raise Refused("The log is kept: give a reason without the person's address.")
    asked = {
        "digest": digest_of(person.emails[0], key=parts.settings.mail_secret_key),
        "reason": options.reason,
        "by": doer.name,
    }
    trial = ask_all(parts, "privacy/erase", person, dry_run=True, **asked)
    _show(trial, "would be")
    _refuse_blocked(trial)
    if options.dry_run or not any(each["parts"] for each in trial.values()):
        return
    if not options.yes:
        _confirm(options.email)
    with parts.database.transaction() as session:
        dead = close_doors(session, person)
    parts.copies.bury(dead)
    done = ask_all(parts, "privacy/erase", person, dry_run=False, **asked)
    _refuse_blocked(done)
    say("✓ Erased. Not reached from here:\n  " + "\n  ".join(ELSEWHERE))


def _find(parts: Deps, options: argparse.Namespace) -> Person:
    with parts.database.transaction() as session:
        return find_person(session, options.email, makers=options.maker, buyer_ids=options.buyer)


def _show(answers: Answers, would: str) -> None:
    for service, answer in answers.items():
        for part in answer["parts"]:
            counts = [
                f"{part[what]} {would} {what}" for what in ("deleted", "changed") if part[what]
            ]
            say(f"{service:<14}{part['what']} ({part['table']}): {', '.join(counts)}")
    if not any(answer["parts"] for answer in answers.values()):
        say("Nothing that could be erased is held of this address.")


def _refuse_blocked(answers: Answers) -> None:
    """Raises Refused with every reason, each with what ends it."""
    reasons = [f"{service}: {why}" for service, a in answers.items() for why in a["blocked_by"]]
    if reasons:
        raise Refused("Not erased yet.\n  " + "\n  ".join(reasons))


def _confirm(email: str) -> None:
    try:
        typed = input(f"This cannot be undone. Type {email} to erase: ")
    except EOFError:
        typed = ""
    if typed.strip().lower() != email.strip().lower():
        raise Refused("Nothing was erased.")


DEEDS = {"export": _export, "erase": _erase}
COMMAND = Command("privacy", "Exports or erases one person, in all services.", add_arguments, run)
