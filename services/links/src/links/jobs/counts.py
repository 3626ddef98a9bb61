"""Counts sign-ins and orders on the link they came through; each event counts once."""

from uuid import UUID

from marshmallow import fields
from sqlalchemy.orm import Session

from common.delivery import Envelope, EventIn, on_event
from links.store.links import add_to_counts


class LinkUsedIn(EventIn):
    link_id = fields.UUID(required=True, allow_none=True)


@on_event("identity.buyer_signed_in.v1", reads=LinkUsedIn)
def count_sign_in(session: Session, *, envelope: Envelope, link_id: UUID | None) -> None:
    if link_id and envelope.maker_id:
        add_to_counts(session, maker_id=envelope.maker_id, link_id=link_id, signed_in=1)


@on_event("checkout.order_completed.v1", reads=LinkUsedIn)
def count_order(session: Session, *, envelope: Envelope, link_id: UUID | None) -> None:
    if link_id and envelope.maker_id:
        add_to_counts(session, maker_id=envelope.maker_id, link_id=link_id, orders=1)
