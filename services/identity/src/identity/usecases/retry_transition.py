"""Staff pressed retry on an order's ledger: let its transition be tried again."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from identity.store.transitions import find_order_event, find_outcome, make_due

WAITING = "waiting"


def retry_transition(session: Session, order_id: UUID) -> str:
    """Return the recorded outcome, else "waiting" after making the event due at once.

    Repeating does nothing more. Raises OrderUnknown.
    """
    event = find_order_event(session, order_id)
    if event.maker_id is not None:
        act_as(session, event.maker_id)
    recorded = find_outcome(session, order_id)
    if recorded is not None:
        return recorded.outcome
    make_due(session, event)
    return WAITING
