"""The brand's own note on an order, which no buyer ever sees."""

from uuid import UUID

from sqlalchemy.orm import Session

from checkout.store.models import Order
from checkout.store.orders import lock_order
from checkout.usecases.log_change import log_order_change
from common.audit import Editor
from common.errors import FieldError, Invalid

LONGEST = 2000


class NoteTooLong(Invalid):
    code = "note_too_long"


def keep_order_note(session: Session, order_id: UUID, text: str, *, by: Editor) -> Order:
    """Keep the note, an empty one as none. Raises OrderNotFound, NoteTooLong."""
    note = text.strip() or None
    if note and len(note) > LONGEST:
        error = FieldError("internal_note", "too_long", "This is too long.")
        raise NoteTooLong("Some fields are too long.", errors=[error])
    order = lock_order(session, order_id, brand_ids=by.brand_ids)
    before, order.internal_note = order.internal_note, note
    log_order_change(
        session,
        "order_note_changed",
        order,
        by=by,
        before={"internal_note": before},
        after={"internal_note": note},
    )
    return order
