"""Write down what staff, or a program of theirs, changed here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.store.models import Order
from common.audit import NOTHING, Editor, Place, Subject, record_change


def log_change(
    session: Session,
    action: str,
    subject: Subject,
    *,
    by: Editor,
    maker_id: UUID,
    brand_id: UUID,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """Add an entry with what differs; a change that changed nothing leaves none."""
    if before and before == after:
        return
    record_change(
        session,
        actor=by.actor,
        place=Place(maker_id, brand_id),
        action=action,
        subject=subject,
        now=by.now,
        before=before,
        after=after,
    )


def log_order_change(
    session: Session,
    action: str,
    order: Order,
    *,
    by: Editor,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """The same of one order."""
    log_change(
        session,
        action,
        Subject("order", order.id, order.order_number),
        by=by,
        maker_id=order.maker_id,
        brand_id=order.brand_id,
        before=before,
        after=after,
    )
