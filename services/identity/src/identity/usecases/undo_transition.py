"""The brand takes a moved buyer back before the customer has claimed it (D19, R204)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.delivery import publish
from common.errors import Conflict
from identity.domain.claim import AlreadyClaimed, ClaimState
from identity.events import TransitionChanged
from identity.store.buyers import lock_buyer
from identity.store.claims import find_open_claim
from identity.store.models import Buyer, BuyerLookup, OwnershipChange
from identity.store.transitions import list_changes
from identity.usecases.send_claim import describe_claim


class NothingToUndo(Conflict):
    """The buyer is offline already, or was connected by an invitation."""

    code = "nothing_to_undo"
    rule = "R204"


def undo_transition(session: Session, buyer_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Make the buyer offline again: orders stay, the claim is dead.

    Raises AlreadyClaimed when the customer was first, NothingToUndo, BuyerNotFound.
    """
    buyer = lock_buyer(session, buyer_id)
    move = demand_unclaimed_move(session, buyer)
    claim = find_open_claim(session, buyer.id)
    if claim is not None:
        claim.state, claim.settled_at = ClaimState.ENDED, now
    buyer.kind, buyer.organisation_id = "offline", None
    buyer.version += 1
    session.get_one(BuyerLookup, buyer.id).organisation_id = None
    undone = OwnershipChange(
        maker_id=buyer.maker_id,
        buyer_id=buyer.id,
        change="undone",
        organisation_id=move.organisation_id,
        order_id=move.order_id,
        by_user_id=actor.user_id,
        changed_at=now,
    )
    session.add(undone)
    record_change(
        session,
        actor=actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action="transition_undone",
        subject=Subject("buyer", buyer.id, buyer.name),
        before={"kind": "connected"},
        after={"kind": "offline"},
        now=now,
    )
    if move.order_id is not None:
        told = describe_claim(claim) if claim else None
        publish(session, _event(buyer, move.order_id, told))


def demand_unclaimed_move(session: Session, buyer: Buyer) -> OwnershipChange:
    """Return the (locked) buyer's move that waits for its claim. Raises as undo_transition."""
    if buyer.claimed_at is not None:
        raise AlreadyClaimed
    changes = list_changes(session, buyer.id)
    if buyer.kind == "offline" or not changes or changes[-1].change != "moved":
        raise NothingToUndo
    return changes[-1]


def _event(buyer: Buyer, order_id: UUID, claim: dict[str, object] | None) -> TransitionChanged:
    return TransitionChanged(
        maker_id=buyer.maker_id,
        brand_id=buyer.brand_id,
        aggregate_id=order_id,
        order_id=order_id,
        buyer_id=buyer.id,
        outcome="undone",
        organisation_id=None,
        claim=claim,
        note=None,
    )
