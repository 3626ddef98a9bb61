"""Reads checkout's completed orders."""

from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, fields
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.delivery import Envelope, EventIn, on_event
from notifications.usecases.plan_order_mails import CompletedOrder, plan_order_mails
from notifications.usecases.record_public_event import record_public_event


class BrandIn(Schema):
    class Meta:
        unknown = INCLUDE

    time_zone = fields.String(required=True)


class OrderCompletedIn(EventIn):
    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    language = fields.String(required=True)
    brand = fields.Nested(BrandIn, required=True)
    recipients = fields.List(fields.Email(), required=True)


@on_event("checkout.order_completed.v1", reads=OrderCompletedIn)
def mail_order(
    session: Session,
    *,
    envelope: Envelope,
    order_id: UUID,
    order_number: str,
    language: str,
    brand: dict[str, Any],
    recipients: list[str],
) -> None:
    """Plan the mails about the order, and tell whoever asked to be told."""
    if envelope.maker_id is None or envelope.brand_id is None:
        raise ValueError("an order belongs to a maker and a brand")
    plan_order_mails(
        session,
        CompletedOrder(
            event_id=envelope.id,
            maker_id=envelope.maker_id,
            brand_id=envelope.brand_id,
            order_id=order_id,
            order_number=order_number,
            language=language,
            time_zone=brand["time_zone"],
            recipients=tuple(recipients),
            values=envelope.payload,
        ),
    )
    record_public_event(session, envelope, order_id=order_id, now=utc_now())
