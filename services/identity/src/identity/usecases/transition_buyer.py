"""An order was completed: make its offline buyer the customer's own, when the link says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from identity.domain.transition import Outcome, outcome_of
from identity.events import TransitionChanged
from identity.store.buyers import BuyerNotFound, lock_buyer
from identity.store.models import (
    Buyer,
    BuyerLookup,
    Claim,
    Organisation,
    OwnershipChange,
    TransitionOutcome,
)
from identity.store.transitions import find_outcome, read_ownership
from identity.usecases.send_claim import describe_claim, send_claim
from identity.usecases.settle_order_of_deleted import settle_order_of_deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedOrder:
    order_id: UUID
    buyer_id: UUID
    is_asked_for: bool
    """The link's toggle, as it was when the order was placed."""
    submitted_at: datetime


def transition_buyer(session: Session, order: CompletedOrder, *, now: datetime) -> Outcome:
    """Record the order's outcome and move the buyer at most once; repeating does nothing more.

    The buyer's row is locked first, so of two orders at the same time one moves it (R164).
    """
    try:
        buyer = lock_buyer(session, order.buyer_id)
    except BuyerNotFound:
        return settle_order_of_deleted(
            session, order_id=order.order_id, buyer_id=order.buyer_id, now=now
        )
    recorded = find_outcome(session, order.order_id)
    if recorded is not None:
        return Outcome(recorded.outcome)
    outcome = outcome_of(
        read_ownership(session, buyer),
        is_asked_for=order.is_asked_for,
        submitted_at=order.submitted_at,
    )
    claim = _move(session, buyer, order, now) if outcome is Outcome.MOVED else None
    _record(session, buyer, order, outcome, now)
    publish(session, _event(buyer, order, outcome, claim))
    return outcome


def _move(session: Session, buyer: Buyer, order: CompletedOrder, now: datetime) -> Claim:
    """Give the buyer to a new organisation; everything else about it stays (R163)."""
    organisation = Organisation(name=buyer.name)
    session.add(organisation)
    session.flush()
    buyer.kind, buyer.organisation_id = "connected", organisation.id
    buyer.version += 1
    session.get_one(BuyerLookup, buyer.id).organisation_id = organisation.id
    session.add(
        OwnershipChange(
            maker_id=buyer.maker_id,
            buyer_id=buyer.id,
            change="moved",
            organisation_id=organisation.id,
            order_id=order.order_id,
            changed_at=now,
        )
    )
    return send_claim(session, buyer, order_id=order.order_id, now=now)


def _record(
    session: Session, buyer: Buyer, order: CompletedOrder, outcome: Outcome, now: datetime
) -> None:
    session.add(
        TransitionOutcome(
            maker_id=buyer.maker_id,
            order_id=order.order_id,
            buyer_id=buyer.id,
            outcome=outcome,
            recorded_at=now,
        )
    )


def _event(
    buyer: Buyer, order: CompletedOrder, outcome: Outcome, claim: Claim | None
) -> TransitionChanged:
    return TransitionChanged(
        maker_id=buyer.maker_id,
        brand_id=buyer.brand_id,
        aggregate_id=order.order_id,
        order_id=order.order_id,
        buyer_id=buyer.id,
        outcome=outcome,
        organisation_id=buyer.organisation_id,
        claim=describe_claim(claim) if claim else None,
        note=None,
    )
