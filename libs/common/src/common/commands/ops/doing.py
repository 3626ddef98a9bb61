"""What `orderlink ops` does. Each is one transaction and one row in the log of operators."""

import argparse

from sqlalchemy.orm import Session

from common.commands.beside import known_services, own_transaction
from common.commands.command import Refused, say
from common.commands.ops import inputs
from common.commands.who import doer_of
from common.operations import acting, holding
from common.operations.deliveries import skip_delivery
from common.operations.groups import MOST_AT_ONCE, find_group, list_groups
from common.operations.hurrying import hurry
from common.operations.jobs import run_job_now
from common.operations.letters import CALL, EVENT, Wanted
from common.operations.refusals import LetterNotFound

DEAD_NO_MORE = "✓ It is no dead letter any more."


def replay(options: argparse.Namespace) -> None:
    """Let one dead letter, a group or all of a name be tried anew."""
    doer, left = doer_of(options), 0
    with own_transaction() as session:
        if options.id:
            kind = acting.kind_of_letter(session, options.id)
            number = acting.replay_letter(session, doer, kind=kind, letter_id=options.id)
        else:
            wanted, total = _find(session, options)
            expected = min(total, MOST_AT_ONCE)
            number = acting.replay_group(session, doer, wanted, expected=expected)
            left = total - number
    say(_told(number, left, "tried anew"))


def skip(options: argparse.Namespace) -> None:
    """Give one dead letter, a group or all of a name up for good."""
    doer, reason, left = doer_of(options), options.reason, 0
    with own_transaction() as session:
        if options.id:
            kind = acting.kind_of_letter(session, options.id)
            number = acting.skip_letter(
                session, doer, kind=kind, letter_id=options.id, reason=reason
            )
        else:
            wanted, total = _find(session, options)
            expected = min(total, MOST_AT_ONCE)
            number = acting.skip_group(session, doer, wanted, expected=expected, reason=reason)
            left = total - number
    say(_told(number, left, "skipped"))


def skip_owed(options: argparse.Namespace) -> None:
    """Never send one event of the outbox to a subscriber again."""
    doer = doer_of(options)
    with own_transaction() as session:
        given = {"event_id": options.id, "subscriber": options.to, "reason": options.reason}
        number = skip_delivery(session, doer, **given)
    say("✓ 1 is skipped." if number else "✓ Nothing is owed of it any more.")


def pause(options: argparse.Namespace) -> None:
    """Hold a destination back."""
    doer, services = doer_of(options), known_services()
    if options.destination.kind == holding.SUBSCRIBER and not services:
        raise Refused("Run this beside a service: SERVICE and PEERS are not set.")
    with own_transaction() as session:
        holding.pause(session, doer, options.destination, services=services, reason=options.reason)
    say(f"✓ {_name(options.destination)} is held back from now on.")


def resume(options: argparse.Namespace) -> None:
    """Let a destination go on."""
    with own_transaction() as session:
        holding.resume(session, doer_of(options), options.destination)
    say(f"✓ {_name(options.destination)} goes on.")


def try_now(options: argparse.Namespace) -> None:
    """Try what waits for a destination now."""
    with own_transaction() as session:
        number = hurry(session, doer_of(options), options.destination)
    say(_told(number, 0, "tried now") if number else "✓ Nothing waits for its time there.")


def run_job(options: argparse.Namespace) -> None:
    with own_transaction() as session:
        number = run_job_now(session, doer_of(options), name=options.name)
    say("✓ It runs as soon as a worker is free." if number else "✓ It runs already.")


def _find(session: Session, options: argparse.Namespace) -> tuple[Wanted, int]:
    """Return which letters are meant, and how many there are. Raises LetterNotFound."""
    if options.group:
        group = find_group(session, options.group)
        return group.wanted, group.number
    kind = EVENT if inputs.EVENT_NAME.fullmatch(options.name) else CALL
    wanted = Wanted(kind=kind, name=options.name)
    total = sum(each.number for each in list_groups(session, wanted, limit=MOST_AT_ONCE))
    if not total:
        raise LetterNotFound("There is no such group of dead letters.")
    return wanted, total


def _told(number: int, left: int, deed: str) -> str:
    if number == 0:
        return DEAD_NO_MORE
    said = f"✓ {number} {'is' if number == 1 else 'are'} {deed}."
    return f"{said} {left} are left: run it again for them." if left else said


def _name(destination: holding.Destination) -> str:
    return f"{destination.name}/{destination.key}" if destination.key else destination.name
