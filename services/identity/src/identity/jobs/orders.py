"""What identity does when an order is completed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.delivery import Envelope, EventIn, on_event
from identity.usecases.transition_buyer import CompletedOrder, transition_buyer


class BuyerIn(EventIn):
    buyer_id = fields.UUID(required=True)


class OrderCompletedIn(EventIn):
    order_id = fields.UUID(required=True)
    transition = fields.Boolean(required=True)
    buyer = fields.Nested(BuyerIn, required=True)
    submitted_at = fields.AwareDateTime(required=True)


@on_event("checkout.order_completed.v1", reads=OrderCompletedIn)
def move_buyer(
    session: Session,
    *,
    envelope: Envelope,
    order_id: UUID,
    transition: bool,
    buyer: dict[str, Any],
    submitted_at: datetime,
) -> None:
    """Record what the order means for its buyer, in the transaction that marks it processed."""
    order = CompletedOrder(
        order_id=order_id,
        buyer_id=buyer["buyer_id"],
        is_asked_for=transition,
        submitted_at=submitted_at,
    )
    transition_buyer(session, order, now=utc_now())
