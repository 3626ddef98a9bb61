"""Reads the facts that only webhooks tell: a changed address, a transition."""

from uuid import UUID

from marshmallow import fields
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.delivery import Envelope, EventIn, on_event
from notifications.usecases.record_public_event import record_public_event


class OfOrderIn(EventIn):
    order_id = fields.UUID(required=True)


@on_event("checkout.order_address_changed.v1", reads=OfOrderIn)
def note_address(session: Session, *, envelope: Envelope, order_id: UUID) -> None:
    record_public_event(session, envelope, order_id=order_id, now=utc_now())


@on_event("identity.transition_changed.v1", reads=OfOrderIn)
def note_transition(session: Session, *, envelope: Envelope, order_id: UUID) -> None:
    record_public_event(session, envelope, order_id=order_id, now=utc_now())
