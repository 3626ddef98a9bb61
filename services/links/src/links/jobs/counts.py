"""Counts sign-ins and orders on the link they came through; each event counts once."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy.orm import Session

from common.delivery import Envelope, EventIn, on_event
from links.domain.steps import Step
from links.store.links import add_to_counts
from links.store.steps import LinkKey, add_step, is_new


class SignInIn(EventIn):
    link_id = fields.UUID(required=True, allow_none=True)
    method = fields.String(required=True)


class AmountIn(EventIn):
    minor = fields.Integer(required=True)
    currency = fields.String(required=True)


class OrderIn(EventIn):
    link_id = fields.UUID(required=True, allow_none=True)
    total = fields.Nested(AmountIn, required=True)


@on_event("identity.buyer_signed_in.v1", reads=SignInIn)
def count_sign_in(
    session: Session, *, envelope: Envelope, link_id: UUID | None, method: str
) -> None:
    if link_id is None or envelope.maker_id is None:
        return
    own = LinkKey(envelope.maker_id, link_id)
    if not _is_first(session, envelope, own, Step.SIGNED_IN):
        return
    add_to_counts(session, maker_id=own.maker_id, link_id=own.link_id, signed_in=1)
    add_step(session, Step.SIGNED_IN, own, at=envelope.occurred_at, detail=method)


@on_event("checkout.order_completed.v1", reads=OrderIn)
def count_order(
    session: Session, *, envelope: Envelope, link_id: UUID | None, total: dict[str, Any]
) -> None:
    if link_id is None or envelope.maker_id is None:
        return
    own = LinkKey(envelope.maker_id, link_id)
    if not _is_first(session, envelope, own, Step.ORDERED):
        return
    add_to_counts(session, maker_id=own.maker_id, link_id=own.link_id, orders=1)
    add_step(
        session,
        Step.ORDERED,
        own,
        at=envelope.occurred_at,
        detail=total["currency"],
        minor=total["minor"],
    )


def _is_first(session: Session, envelope: Envelope, link: LinkKey, step: Step) -> bool:
    """Return False where the event is handled once more: it is noted as a visitor is (I12)."""
    return is_new(session, step, link, visitor=envelope.id.hex, at=envelope.occurred_at)
