"""Reads checkout's refunds of cards that were charged too late."""

from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, fields
from sqlalchemy.orm import Session

from common.delivery import Envelope, EventIn, on_event
from notifications.usecases.plan_refund_mails import RefundedPayment, plan_refund_mails


class BrandIn(Schema):
    class Meta:
        unknown = INCLUDE

    time_zone = fields.String(required=True)


class PaymentRefundedIn(EventIn):
    checkout_id = fields.UUID(required=True)
    language = fields.String(required=True)
    brand = fields.Nested(BrandIn, required=True)
    recipients = fields.List(fields.Email(), required=True)


@on_event("checkout.payment_refunded.v1", reads=PaymentRefundedIn)
def mail_refund(
    session: Session,
    *,
    envelope: Envelope,
    checkout_id: UUID,
    language: str,
    brand: dict[str, Any],
    recipients: list[str],
) -> None:
    """Plan the mails about the refund."""
    if envelope.maker_id is None or envelope.brand_id is None:
        raise ValueError("a payment belongs to a maker and a brand")
    plan_refund_mails(
        session,
        RefundedPayment(
            event_id=envelope.id,
            maker_id=envelope.maker_id,
            brand_id=envelope.brand_id,
            checkout_id=checkout_id,
            language=language,
            time_zone=brand["time_zone"],
            recipients=tuple(recipients),
            values=envelope.payload,
        ),
    )
