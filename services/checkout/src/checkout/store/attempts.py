"""Checkout attempts: who works on which, and what was answered (K15)."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from checkout.store.holding import HeldAttempt
from checkout.store.models import CheckoutAttempt
from common.together import Asked, write

# The lease is longer than all questions of one placing take; then another request may take over.
# Not taken while a payment page of its cart is open that nobody has looked at.
BEGIN = text("""
insert into checkout_attempts as attempt (
  id, maker_id, brand_id, buyer_id, link_id, session_id, cart_id, cart_version, quote_hash,
  content_hash, state, fencing, lease_until)
select
  :id, :maker_id, :brand_id, :buyer_id, cast(:link_id as uuid), :session_id, :cart_id, :cart_version,
  :quote_hash, :content_hash, 'in_flight', 1, now() + interval '20 seconds'
where not exists (
  select from payments
  where cart_id = :cart_id and state in ('opening', 'open') and id <> all(:looked_at))
on conflict (id) do update
set fencing = attempt.fencing + 1, lease_until = now() + interval '20 seconds'
where attempt.state = 'in_flight' and attempt.lease_until < now()
  and attempt.content_hash = excluded.content_hash
returning fencing
""")

FINISH = text("""
update checkout_attempts set state = :state, lease_until = null, submitted_at = :submitted_at,
  answer = cast(:answer as jsonb)
where id = :attempt_id
""")


BEGUN = (
    *("id", "maker_id", "brand_id", "buyer_id", "link_id", "session_id"),
    *("cart_id", "cart_version", "quote_hash", "content_hash"),
)


def asking_begin(attempt: CheckoutAttempt, *, looked_at: Collection[UUID]) -> Asked:
    """Take the attempt to work on it; answered by the fence, or nothing when somebody else has it.

    Nor is it taken while a payment page of its cart is open that is not one of `looked_at`.
    """
    values = {name: getattr(attempt, name) for name in BEGUN}
    return BEGIN, values | {"looked_at": list(looked_at)}


def fence_of(rows: Sequence[Any]) -> int | None:
    return rows[0].fencing if rows else None


def find_attempt(session: Session, attempt_id: UUID) -> CheckoutAttempt | None:
    """Return the attempt as it is in the database now, or None."""
    query = select(CheckoutAttempt).where(CheckoutAttempt.id == attempt_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def hold_paying_attempt(session: Session, attempt_id: UUID) -> HeldAttempt | None:
    """Return the attempt that waits for its card payment, row-locked; None when it is over."""
    query = select(CheckoutAttempt.id, CheckoutAttempt.answer).where(
        CheckoutAttempt.id == attempt_id, CheckoutAttempt.state == "paying"
    )
    row = session.execute(query.with_for_update()).one_or_none()
    return HeldAttempt(attempt_id=row.id, answer=row.answer) if row else None


def finish_attempt(
    session: Session,
    attempt: HeldAttempt,
    *,
    state: str,
    location: str,
    submitted_at: datetime,
) -> None:
    """Store the answer that every repeat gets; `state` is paying or placed.

    The first answer stays: who sent the form once more when it was paid gets the same one.
    """
    ended = {
        "attempt_id": attempt.attempt_id,
        "state": state,
        "submitted_at": submitted_at,
        "answer": json.dumps(attempt.answer or {"status": 303, "location": location}),
    }
    write(session, FINISH, ended)


def give_up_attempt(session: Session, attempt_id: UUID, *, fencing: int) -> None:
    """Forget an attempt that ended without orders, so that the same form may be sent again."""
    session.execute(
        delete(CheckoutAttempt).where(
            CheckoutAttempt.id == attempt_id,
            CheckoutAttempt.fencing == fencing,
            CheckoutAttempt.state == "in_flight",
        )
    )
