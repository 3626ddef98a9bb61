"""The words after `orderlink ops`: which there are, and what each is given."""

import argparse
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from common.commands.command import Refused
from common.commands.ops import doing, inputs, reading
from common.commands.who import add_doer
from common.errors import Refusal
from common.operations.letters import CALL, EVENT
from common.operations.waiting import CALL_STATES, OUTBOX_STATES

Deed = Callable[[argparse.Namespace], None]
DESTINATION = "subscriber:NAME, handler:EVENT, effect:KIND or effect:KIND/KEY; a bare name will do"


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Raises Refused."""
    deed: Deed = options.deed
    try:
        deed(options)
    except Refusal as refusal:
        raise Refused(refusal.detail) from refusal
    return 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", required=True, metavar="word")
    _reads(words, "show", "What waits, died and is held back, in sums.", reading.show)
    _outbox(_queue(words, "outbox", "What subscribers are owed.", "--to", OUTBOX_STATES))
    _queue(words, "inbox", "What arrived and is not handled.", "--name", ())
    _queue(words, "calls", "Effects outside that are not done.", "--kind", CALL_STATES)
    _dead(_verbs(words, "dead", "What was given up."))
    _jobs(_verbs(words, "jobs", "Scheduled jobs."))
    paused = _acts(words, "pause", "Hold a destination back.", doing.pause, has_reason=True)
    for each in (
        paused,
        _acts(words, "resume", "Let it go on.", doing.resume),
        _acts(words, "try", "Try what waits for it now.", doing.try_now),
    ):
        each.add_argument("destination", type=inputs.destination, help=DESTINATION)
    log = _reads(words, "log", "What operators did here.", reading.show_log)
    log.add_argument("--after", type=inputs.row_id, help="the last entry already seen")
    log.add_argument("--limit", type=inputs.lines, default=50, help="rows at most (50)")


def _queue(words: Any, name: str, summary: str, of: str, states: tuple[str, ...]) -> Any:
    verbs = _verbs(words, name, summary)
    listed = _pages(verbs, "One by one, in the order in which they are tried.", reading.list_rows)
    listed.set_defaults(queue=name)
    listed.add_argument(of, dest="name", metavar="NAME", help="only of this one")
    if states:
        listed.add_argument("--state", choices=states)
    return verbs


def _outbox(verbs: Any) -> None:
    skipped = _acts(verbs, "skip", "Never send it there again.", doing.skip_owed, has_reason=True)
    skipped.add_argument("id", type=inputs.row_id, help="of the event")
    skipped.add_argument("--to", required=True, metavar="SUBSCRIBER")


def _dead(verbs: Any) -> None:
    listed = _pages(verbs, "One by one, newest first.", reading.list_dead)
    listed.add_argument("--kind", choices=(EVENT, CALL))
    listed.add_argument("--name", help="of an event, or a kind of effect")
    _reads(verbs, "groups", "By failure, the largest group first.", reading.list_dead_groups)
    replayed = _acts(verbs, "replay", "Try it anew; harmless, also twice.", doing.replay)
    skipped = _acts(verbs, "skip", "It never happens.", doing.skip, has_reason=True)
    for each in (replayed, skipped):
        which = each.add_mutually_exclusive_group(required=True)
        which.add_argument("id", nargs="?", type=inputs.row_id, help="as `dead list` shows it")
        which.add_argument("--group", help="as `dead groups` shows it")
        which.add_argument("--name", help="all of an event's name or a kind of effect")


def _jobs(verbs: Any) -> None:
    _reads(verbs, "list", "All jobs.", reading.show_jobs)
    run_now = _acts(verbs, "run", "As soon as a worker is free.", doing.run_job)
    run_now.add_argument("name")


def _verbs(words: Any, name: str, summary: str) -> Any:
    own = words.add_parser(name, help=summary, description=summary)
    return own.add_subparsers(dest="verb", required=True, metavar="verb")


def _reads(words: Any, name: str, summary: str, deed: Deed) -> argparse.ArgumentParser:
    own: argparse.ArgumentParser = words.add_parser(name, help=summary, description=summary)
    own.add_argument("--json", action="store_true", help="for programs: what the API answers")
    own.set_defaults(deed=deed)
    return own


def _pages(verbs: Any, summary: str, deed: Deed) -> argparse.ArgumentParser:
    own = _reads(verbs, "list", summary, deed)
    own.add_argument(
        "--older-than",
        type=inputs.span,
        default=timedelta(0),
        metavar="SPAN",
        help="90s, 15m, 2h, 3d",
    )
    own.add_argument("--after", type=inputs.cursor, metavar="PLACE", help="the next page")
    own.add_argument("--limit", type=inputs.lines, default=50, help="rows at most (50)")
    return own


def _acts(
    words: Any, name: str, summary: str, deed: Deed, *, has_reason: bool = False
) -> argparse.ArgumentParser:
    own: argparse.ArgumentParser = words.add_parser(name, help=summary, description=summary)
    if has_reason:
        own.add_argument("--reason", required=True, help="why; it is kept in the log")
    add_doer(own)
    own.set_defaults(deed=deed)
    return own
