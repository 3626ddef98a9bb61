"""Reads what became of an order's upload to NEXT ENGINE."""

from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, fields
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.delivery import Envelope, EventIn, on_event
from notifications.usecases.plan_upload_mail import FailedUpload, plan_upload_mail
from notifications.usecases.record_public_event import record_public_event


class BrandIn(Schema):
    class Meta:
        unknown = INCLUDE

    name = fields.String(required=True)
    time_zone = fields.String(required=True)


class UploadChangedIn(EventIn):
    order_id = fields.UUID(required=True)
    order_number = fields.String(required=True)
    slip_number = fields.String(required=True)
    state = fields.String(required=True)
    brand = fields.Nested(BrandIn, load_default=None, allow_none=True)


@on_event("checkout.next_engine_upload_changed.v1", reads=UploadChangedIn)
def note_upload(
    session: Session,
    *,
    envelope: Envelope,
    order_id: UUID,
    order_number: str,
    slip_number: str,
    state: str,
    brand: dict[str, Any] | None,
) -> None:
    """Plan a mail when the upload has failed for good and waits for a person."""
    if envelope.maker_id is None or envelope.brand_id is None:
        raise ValueError("an upload belongs to a maker and a brand")
    record_public_event(session, envelope, order_id=order_id, now=utc_now())
    if state != "dead" or brand is None:
        return
    plan_upload_mail(
        session,
        FailedUpload(
            event_id=envelope.id,
            maker_id=envelope.maker_id,
            brand_id=envelope.brand_id,
            order_id=order_id,
            order_number=order_number,
            slip_number=slip_number,
            time_zone=brand["time_zone"],
            values=envelope.payload,
        ),
    )
