"""Staff sends the claim once more, perhaps to an address that was not known before (R205)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.delivery import publish
from identity.domain.email import masked
from identity.events import TransitionChanged
from identity.store.buyers import lock_buyer
from identity.store.models import Claim
from identity.usecases.send_claim import describe_claim, send_claim
from identity.usecases.undo_transition import NothingToUndo, demand_unclaimed_move


def resend_claim(
    session: Session, buyer_id: UUID, *, email: str | None, actor: Actor, now: datetime
) -> Claim:
    """Open a new claim; the one before is dead. Raises AlreadyClaimed, NothingToUndo."""
    buyer = lock_buyer(session, buyer_id)
    move = demand_unclaimed_move(session, buyer)
    if move.order_id is None:
        raise NothingToUndo
    claim = send_claim(session, buyer, order_id=move.order_id, now=now, email=email)
    publish(
        session,
        TransitionChanged(
            maker_id=buyer.maker_id,
            brand_id=buyer.brand_id,
            aggregate_id=move.order_id,
            order_id=move.order_id,
            buyer_id=buyer.id,
            outcome="claim_sent",
            organisation_id=buyer.organisation_id,
            claim=describe_claim(claim),
            note=None,
        ),
    )
    record_change(
        session,
        actor=actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action="claim_sent_again",
        subject=Subject("buyer", buyer.id, buyer.name),
        after={"email": masked(claim.email) if claim.email else None},
        now=now,
    )
    return claim
