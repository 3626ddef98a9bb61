"""Do what a confirmed import planned, some rows at a time; every row is judged again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Editor, Place, Subject, record_change
from common.errors import Conflict, FieldError, PreconditionFailed, Refusal
from common.ids import new_id
from identity.domain.buyer_details import BuyerDetails, Choices
from identity.domain.import_plan import RowFate, plan_row
from identity.store.choices import read_choices
from identity.store.imports import (
    Known,
    find_by_codes,
    list_waiting_rows,
    lock_confirmed,
    lock_import,
)
from identity.store.models import Buyer, BuyerImport, BuyerImportRow
from identity.usecases.create_buyer import NewBuyer, create_buyer
from identity.usecases.describe_columns import current_of
from identity.usecases.edit_addresses import save_address
from identity.usecases.edit_buyer import edit_buyer

ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Batch:
    """What the rows applied together share."""

    found: BuyerImport
    choices: Choices
    known: Mapping[str, Known]
    """The buyers that the rows are about, by unique code in capitals."""
    by: Editor


class ImportIsOver(Conflict):
    """Confirmed, done or cancelled before."""

    code = "import_is_over"


def confirm_import(session: Session, import_id: UUID, *, by: Editor) -> BuyerImport:
    """Let the planned rows be applied, in the name of whoever confirms. Raises ImportIsOver."""
    found = lock_import(session, import_id, brand_ids=by.brand_ids)
    if found.state != "planned":
        raise ImportIsOver("This import was confirmed or cancelled before.")
    found.state, found.confirmed_at = "confirmed", by.now
    found.actor_kind, found.actor_id = by.actor.kind, by.actor.id
    found.actor_name = by.actor.name
    _record(session, found, "buyers_imported", by)
    return found


def cancel_import(session: Session, import_id: UUID, *, by: Editor) -> None:
    """Let the plan go without doing any of it. Raises ImportIsOver."""
    found = lock_import(session, import_id, brand_ids=by.brand_ids)
    if found.state != "planned":
        raise ImportIsOver("This import was confirmed or cancelled before.")
    found.state, found.finished_at = "cancelled", by.now
    _record(session, found, "buyer_import_cancelled", by)


def apply_import(
    session: Session, import_id: UUID, *, brand_ids: Collection[UUID], now: datetime
) -> tuple[bool, list[str]]:
    """Apply the next rows; return whether there may be more, and the copies to bury.

    A row that cannot be applied any more fails by itself; repeating goes on where it stopped.
    """
    found = lock_confirmed(session, import_id, brand_ids=brand_ids)
    if found is None:
        return False, []
    rows = list_waiting_rows(session, found.id, ROWS_AT_ONCE)
    by = Editor(Actor(found.actor_kind, found.actor_id, found.actor_name), [found.brand_id], now)
    choices = read_choices(session, found.maker_id)
    codes = [str(row.cells["unique_code"]) for row in rows if row.cells.get("unique_code")]
    batch = Batch(found, choices, find_by_codes(session, found.brand_id, codes), by)
    dead = [key for row in rows for key in _apply(session, row, batch)]
    if len(rows) < ROWS_AT_ONCE:
        found.state, found.finished_at = "done", now
        return False, dead
    return True, dead


def _apply(session: Session, row: BuyerImportRow, batch: Batch) -> list[str]:
    """Apply one row behind a savepoint, so that its failing takes nothing else with it."""
    if row.fate in (RowFate.ERROR, RowFate.UNCHANGED):
        row.result = "failed" if row.fate == RowFate.ERROR else "unchanged"
        return []
    try:
        with session.begin_nested():
            return _write(session, row, batch)
    except Refusal as refusal:
        wrong = refusal.errors or (FieldError("unique_code", refusal.code, refusal.detail),)
        row.result, row.errors = "failed", [error.as_json() for error in wrong]
        return []


def _write(session: Session, row: BuyerImportRow, batch: Batch) -> list[str]:
    there = batch.known.get(str(row.cells.get("unique_code", "")).upper())
    plan = plan_row(row.cells, current_of(there) if there else None, batch.choices)
    if plan.fate is not RowFate(row.fate) or plan.details is None:
        raise PreconditionFailed("This buyer was changed after the file was checked.")
    if there is None:
        new = NewBuyer(id=new_id(), brand_id=batch.found.brand_id, details=plan.details)
        buyer = create_buyer(session, new, actor=batch.by.actor, now=batch.by.now)
        dead: list[str] = []
        row.result, row.buyer_id = "created", buyer.id
    else:
        buyer, dead = _edit(session, row, there.buyer, plan.details, by=batch.by)
        row.result = "updated"
    if plan.address is not None:
        default = buyer.default_address_id
        save_address(
            session, buyer.id, plan.address, address_id=default, is_default=True, by=batch.by
        )
    return dead


def _edit(
    session: Session, row: BuyerImportRow, buyer: Buyer, details: BuyerDetails, *, by: Editor
) -> tuple[Buyer, list[str]]:
    if buyer.version != row.buyer_version:
        raise PreconditionFailed("This buyer was changed after the file was checked.")
    return edit_buyer(session, buyer.id, details, version=buyer.version, by=by)


def _record(session: Session, found: BuyerImport, action: str, by: Editor) -> None:
    record_change(
        session,
        actor=by.actor,
        place=Place(found.maker_id, found.brand_id),
        action=action,
        subject=Subject("import", found.id, found.file_name),
        now=by.now,
    )
