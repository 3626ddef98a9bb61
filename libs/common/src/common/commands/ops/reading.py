"""What `orderlink ops` shows. `--json` gives what the API answers."""

import argparse
from collections.abc import Callable

from sqlalchemy.orm import Session

from common.commands.beside import own_service, own_transaction
from common.commands.command import say
from common.commands.ops.output import say_json, say_table
from common.operations.cursors import AFTER_ALL, BEFORE_ALL
from common.operations.groups import list_groups
from common.operations.jobs import list_jobs
from common.operations.letters import Leaf, Wanted, list_letters
from common.operations.log import list_actions
from common.operations.overview import Overview, read_overview
from common.operations.rows import RowPage, Sought, WaitingRow
from common.operations.shapes import (
    GroupOut,
    JobOut,
    LettersOut,
    LogOut,
    OverviewOut,
    WaitingRowsOut,
)
from common.operations.sums import Waiting
from common.operations.waiting import list_calls, list_inbox, list_outbox

LISTS: dict[str, Callable[[Session, Sought], RowPage]] = {
    "outbox": list_outbox,
    "inbox": list_inbox,
    "calls": list_calls,
}


def show(options: argparse.Namespace) -> None:
    """Show what waits, died and is held back, in sums."""
    with own_transaction() as session:
        seen = read_overview(session)
    if options.json:
        say_json(OverviewOut(), seen)
        return
    say(f"{own_service()}: {seen.state}. {seen.dead} dead, {_counted(seen.waiting, seen.is_more)} waiting, "
        f"{seen.late} late, {len(seen.pauses)} held back.")  # fmt: skip
    sums = {"outbox": seen.outbox, "inbox": seen.inbox, "calls": seen.calls}
    waiting = [_sum(queue, each, seen) for queue, rows in sums.items() for each in rows]
    heads = ("QUEUE", "DESTINATION", "STATE", "NUMBER", "OLDEST", "REASON")
    say_table(heads, waiting, none="Nothing waits.")
    held = [(each.kind, _with_key(each.name, each.key), each.since, each.paused_by, each.reason)
            for each in seen.pauses]  # fmt: skip
    if held:
        say("")
        say_table(("HELD BACK", "NAME", "SINCE", "BY", "REASON"), held, none="")


def list_rows(options: argparse.Namespace) -> None:
    """Show one queue row by row."""
    sought = Sought(
        name=options.name,
        state=getattr(options, "state", None),
        older_than=options.older_than,
        after=options.after or BEFORE_ALL,
        limit=options.limit,
    )
    with own_transaction() as session:
        page = LISTS[options.queue](session, sought)
    if options.json:
        say_json(WaitingRowsOut(), page)
        return
    rows = [(row.id, _with_key(row.destination, row.key), row.name, row.state, row.age,
             row.attempts, row.next_at, _why(row)) for row in page.rows]  # fmt: skip
    heads = ("ID", "DESTINATION", "WHAT", "STATE", "AGE", "TRIES", "NEXT TRY", "REASON")
    say_table(heads, rows, none="Nothing waits.")
    _say_next(page.next_after)


def list_dead(options: argparse.Namespace) -> None:
    """Show dead letters one by one, newest first."""
    wanted = Wanted(kind=options.kind, name=options.name)
    leaf = Leaf(
        older_than=options.older_than, after=options.after or AFTER_ALL, limit=options.limit
    )
    with own_transaction() as session:
        page = list_letters(session, wanted, leaf)
    if options.json:
        say_json(LettersOut(), page)
        return
    rows = [(each.id, each.kind, each.name, each.age, each.attempts, each.error)
            for each in page.rows]  # fmt: skip
    say_table(("ID", "KIND", "NAME", "AGE", "TRIES", "REASON"), rows, none="No dead letters.")
    _say_next(page.next_after)


def list_dead_groups(options: argparse.Namespace) -> None:
    """Show dead letters by failure, the largest group first."""
    with own_transaction() as session:
        groups = list_groups(session)
    if options.json:
        say_json(GroupOut(), groups)
        return
    rows = [(each.id, each.kind, each.name, each.number, each.oldest, each.error)
            for each in groups]  # fmt: skip
    say_table(
        ("GROUP", "KIND", "NAME", "NUMBER", "OLDEST", "REASON"), rows, none="No dead letters."
    )


def show_jobs(options: argparse.Namespace) -> None:
    with own_transaction() as session:
        jobs = list_jobs(session)
    if options.json:
        say_json(JobOut(), jobs)
        return
    rows = [(job.name, f"{job.every_seconds} s", job.state, job.late_by, job.last_finished_at,
             job.next_run_at, job.error) for job in jobs]  # fmt: skip
    heads = ("JOB", "EVERY", "STATE", "LATE BY", "LAST RUN", "NEXT RUN", "REASON")
    say_table(heads, rows, none="No worker has announced any job yet.")


def show_log(options: argparse.Namespace) -> None:
    """Show what operators did here, newest first."""
    with own_transaction() as session:
        page = list_actions(session, after=options.after, limit=options.limit)
    if options.json:
        say_json(LogOut(), page)
        return
    rows = [(row.at, row.actor_name, row.action, row.number, _subject(row.subject), row.reason,
             row.request_id) for row in page.rows]  # fmt: skip
    heads = ("AT", "WHO", "WHAT", "ROWS", "OF", "REASON", "REQUEST")
    say_table(heads, rows, none="Nobody has done anything here yet.")
    _say_next(page.next_after)


def _sum(queue: str, row: Waiting, seen: Overview) -> tuple[object, ...]:
    reason = "held back" if row.is_paused else row.error
    place = _with_key(row.name, row.key)
    return queue, place, row.state, _counted(row.number, row.is_more), seen.now - row.oldest, reason


def _counted(number: int, is_more: bool) -> str:
    return f"{number:,}+" if is_more else str(number)


def _why(row: WaitingRow) -> str:
    held = f"held back: {row.pause_reason}" if row.pause_reason is not None else ""
    said = row.error or row.reason.replace("_", " ")
    return "; ".join(filter(None, (held, row.error))) if held else said


def _with_key(name: str, key: str) -> str:
    return f"{name}/{key}" if key else name


def _subject(subject: dict[str, object]) -> str:
    return " ".join(str(value) for value in subject.values() if value)


def _say_next(after: object | None) -> None:
    if after is not None:
        say(f"There is more: --after {after}")
