"""Take over what identity did with an order's buyer into the ledger."""

from uuid import UUID

from sqlalchemy.orm import Session

from checkout.store.ledger import put_entry
from checkout.store.orders import find_order
from common.delivery import Envelope

OUTCOMES = {"moved", "already_moved", "not_asked_for", "not_offline"}
"""Exactly one of them per completed order."""


def record_transition(
    session: Session,
    *,
    envelope: Envelope,
    order_id: UUID | None,
    outcome: str,
    claim_state: str | None,
    claim_recipient: str | None,
    note: str | None,
) -> None:
    """Write the outcome, and what became of the claim, which goes on changing after it."""
    order = find_order(session, order_id) if order_id else None
    if order is None:
        return
    if outcome in OUTCOMES:
        put_entry(
            session,
            maker_id=order.maker_id,
            order_id=order.id,
            kind="transition",
            subject="transition",
            seq=envelope.seq,
            state=outcome,
            note=note,
            changed_at=envelope.occurred_at,
        )
    claim = outcome if outcome in ("undone", "claimed") else claim_state
    if claim:
        put_entry(
            session,
            maker_id=order.maker_id,
            order_id=order.id,
            kind="claim",
            subject="claim",
            seq=envelope.seq,
            state=claim,
            recipient=claim_recipient,
            changed_at=envelope.occurred_at,
        )
