"""Reads identity's wishes for mails: a reference each, never a secret."""

from typing import Any
from uuid import UUID

from marshmallow import fields, validate
from sqlalchemy.orm import Session

from common.db import act_as
from common.delivery import Envelope, EventIn, on_event
from notifications.domain.kinds import REQUESTED, kind_of_request
from notifications.domain.owners import owner_of
from notifications.usecases.plan_mail import Subject, plan_mail


class MailRequestedIn(EventIn):
    reference_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(REQUESTED)))
    recipient = fields.Email(required=True)
    language = fields.String(required=True)
    time_zone = fields.String(required=True)
    values = fields.Dict(required=True)
    order_id = fields.UUID(load_default=None, allow_none=True)


@on_event("identity.mail_requested.v1", reads=MailRequestedIn)
def mail_request(
    session: Session,
    *,
    envelope: Envelope,
    reference_id: UUID,
    kind: str,
    recipient: str,
    language: str,
    time_zone: str,
    values: dict[str, Any],
    order_id: UUID | None,
) -> None:
    """Plan the mail that was asked for. A mail about an account is nobody's but the person's."""
    maker_id, brand_id = owner_of(maker_id=envelope.maker_id, brand_id=envelope.brand_id)
    act_as(session, maker_id)
    subject = Subject(
        event_id=envelope.id,
        maker_id=maker_id,
        brand_id=brand_id,
        subject_id=reference_id,
        order_id=order_id,
        order_number=None,
        time_zone=time_zone,
        values=values,
    )
    plan_mail(session, subject, kind_of_request(kind, values), recipient, language)
