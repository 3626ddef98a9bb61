"""Staff sends the claim once more, perhaps to an address that was not known before (R205)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.buyers import lock_buyer
from identity.store.models import Claim
from identity.usecases.send_claim import send_claim
from identity.usecases.undo_transition import NothingToUndo, demand_unclaimed_move


def resend_claim(session: Session, buyer_id: UUID, *, email: str | None, now: datetime) -> Claim:
    """Open a new claim; the one before is dead. Raises AlreadyClaimed, NothingToUndo."""
    buyer = lock_buyer(session, buyer_id)
    move = demand_unclaimed_move(session, buyer)
    if move.order_id is None:
        raise NothingToUndo
    return send_claim(session, buyer, order_id=move.order_id, now=now, email=email)
