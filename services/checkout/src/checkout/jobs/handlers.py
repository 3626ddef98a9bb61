"""What checkout does when an event arrives."""

from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy.orm import Session

from checkout.store.ledger import put_entry
from checkout.store.orders import find_order
from checkout.usecases.plan_upload import plan_upload
from checkout.usecases.record_transition import record_transition
from common.clock import utc_now
from common.delivery import Envelope, EventIn, on_event


class OrderIn(EventIn):
    order_id = fields.UUID(required=True)


class ClaimIn(Schema):
    class Meta:
        unknown = EXCLUDE

    state = fields.String(required=True)
    email = fields.String(load_default=None, allow_none=True)
    email_masked = fields.String(load_default=None, allow_none=True)


class TransitionIn(EventIn):
    order_id = fields.UUID(required=True, allow_none=True)
    outcome = fields.String(required=True)
    claim = fields.Nested(ClaimIn, load_default=None, allow_none=True)
    note = fields.String(load_default=None, allow_none=True)


class MessageIn(EventIn):
    message_id = fields.UUID(required=True)
    order_id = fields.UUID(required=True, allow_none=True)
    kind = fields.String(required=True)
    recipient = fields.String(load_default=None, allow_none=True)
    """Whole where the brand's staff may see it."""
    recipient_masked = fields.String(load_default=None, allow_none=True)
    state = fields.String(required=True)
    attempts = fields.Integer(load_default=1)
    note = fields.String(load_default=None, allow_none=True)
    changed_at = fields.AwareDateTime(required=True)


@on_event("checkout.order_completed.v1", reads=OrderIn)
def upload_completed_order(session: Session, *, envelope: Envelope, order_id: UUID) -> None:
    """Plan the upload; nobody waits for it."""
    _plan(session, order_id)


@on_event("checkout.order_address_changed.v1", reads=OrderIn)
def upload_addressed_order(session: Session, *, envelope: Envelope, order_id: UUID) -> None:
    """Upload by itself what failed for want of an address (R184)."""
    _plan(session, order_id)


@on_event("identity.transition_changed.v1", reads=TransitionIn)
def keep_transition(
    session: Session,
    *,
    envelope: Envelope,
    order_id: UUID | None,
    outcome: str,
    claim: dict[str, Any] | None,
    note: str | None,
) -> None:
    record_transition(
        session,
        envelope=envelope,
        order_id=order_id,
        outcome=outcome,
        claim_state=claim["state"] if claim else None,
        claim_recipient=(claim["email"] or claim["email_masked"]) if claim else None,
        note=note,
    )


@on_event("notifications.message_changed.v1", reads=MessageIn)
def keep_message(
    session: Session,
    *,
    envelope: Envelope,
    message_id: UUID,
    order_id: UUID | None,
    kind: str,
    recipient: str | None,
    recipient_masked: str | None,
    state: str,
    attempts: int,
    note: str | None,
    changed_at: Any,
) -> None:
    """Keep the state of a mail about one of our orders; other mails are nobody's here."""
    order = find_order(session, order_id) if order_id else None
    if order is None:
        return
    put_entry(
        session,
        maker_id=order.maker_id,
        order_id=order.id,
        kind="mail",
        subject=str(message_id),
        seq=envelope.seq,
        state=state,
        what=kind,
        recipient=recipient or recipient_masked,
        attempts=attempts,
        note=note,
        changed_at=changed_at,
    )


def _plan(session: Session, order_id: UUID) -> None:
    order = find_order(session, order_id)
    if order is not None:
        plan_upload(session, order, now=utc_now())
