"""Do what a confirmed import planned, some models at a time; every model is judged again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.domain.product_import import ModelPlan, Offer
from catalog.store.import_models import ProductImport
from catalog.store.product_imports import (
    list_waiting_rows,
    lock_confirmed,
    lock_import,
    set_result,
)
from catalog.usecases.plan_models import by_model, plan_models, read_rows
from catalog.usecases.write_models import write_models
from common.errors import Conflict

ROWS_AT_ONCE = 2000
RESULTS = {"create": "created", "update": "updated", "unchanged": "unchanged"}
UNREAD = {"error": "failed", "skip": "skipped"}
MEANWHILE = {
    "field": "model_number",
    "code": "changed_meanwhile",
    "detail": "This product was changed after the file was checked.",
}


class ImportIsOver(Conflict):
    """Confirmed, done or cancelled before."""

    code = "import_is_over"


def confirm_import(
    session: Session, import_id: UUID, *, brand_ids: Collection[UUID], now: datetime
) -> ProductImport:
    """Let the planned rows be applied. Raises ImportIsOver."""
    found = _planned(session, import_id, brand_ids)
    found.state, found.confirmed_at = "confirmed", now
    return found


def cancel_import(
    session: Session, import_id: UUID, *, brand_ids: Collection[UUID], now: datetime
) -> None:
    """Let the plan go without doing any of it. Raises ImportIsOver."""
    found = _planned(session, import_id, brand_ids)
    found.state, found.finished_at = "cancelled", now


def apply_import(
    session: Session,
    import_id: UUID,
    *,
    offer: Offer,
    now: datetime,
    rows_at_once: int = ROWS_AT_ONCE,
) -> bool:
    """Apply the next models; return whether there may be more.

    A model that cannot be applied any more fails by itself; repeating goes on where it stopped.
    """
    found = lock_confirmed(session, import_id)
    if found is None:
        return False
    rows = list_waiting_rows(session, found.id, rows_at_once)
    if not rows:
        found.state, found.finished_at = "done", now
        return False
    fates = {number: fate for number, _, fate, _ in rows}
    named = [
        (number, dict(zip([c for c in found.columns if c], cells, strict=True)))
        for number, _, fate, cells in rows
        if fate not in UNREAD
    ]
    models = by_model(row for _, row in read_rows(found, named) if row is not None)
    plans = plan_models(session, models, brand_id=found.brand_id, offer=offer, is_locked=True)
    results = {n: UNREAD[fate] for n, fate in fates.items() if fate in UNREAD}
    for plan in _written(session, found, plans, fates):
        results |= {number: RESULTS[plan.fate_of(number, sku)] for number, sku in plan.skus}
    for result in sorted(set(results.values())):
        numbers = [number for number, each in results.items() if each == result]
        set_result(session, found.id, numbers, result=result)
    late = [number for number in fates if number not in results]
    set_result(session, found.id, late, result="failed", note=MEANWHILE)
    return True


def _written(
    session: Session, found: ProductImport, plans: Sequence[ModelPlan], fates: dict[int, str]
) -> list[ModelPlan]:
    """Write the models whose fate is still what was shown; return those that were written."""
    good = [
        plan
        for plan in plans
        if all(plan.fate_of(number, sku) == fates[number] for number, sku in plan.skus)
    ]
    if _write(session, found, good):
        return good
    # Somebody took a number at the same instant: then one by one, so that only that one fails.
    return [plan for plan in good if _write(session, found, [plan])]


def _write(session: Session, found: ProductImport, plans: Sequence[ModelPlan]) -> bool:
    try:
        with session.begin_nested():
            write_models(session, plans, maker_id=found.maker_id, brand_id=found.brand_id)
    except IntegrityError:
        return False
    return True


def _planned(session: Session, import_id: UUID, brand_ids: Collection[UUID]) -> ProductImport:
    found = lock_import(session, import_id, brand_ids=brand_ids)
    if found.state != "planned":
        raise ImportIsOver("This import was confirmed or cancelled before.")
    return found
