"""Checkout attempts: who works on which, and what was answered (K15)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.models import CheckoutAttempt

LEASE = func.make_interval(0, 0, 0, 0, 0, 0, 20)
"""Longer than all questions of one placing take; then another request may take over."""


def begin_attempt(session: Session, attempt: CheckoutAttempt) -> int | None:
    """Take the attempt to work on it; return the fence, or None when somebody else has it."""
    values = {
        column.key: getattr(attempt, column.key)
        for column in CheckoutAttempt.__table__.columns
        if column.key not in ("lease_until", "created_at")
    }
    started = insert(CheckoutAttempt).values(**values, lease_until=func.now() + LEASE)
    taken_over = started.on_conflict_do_update(
        index_elements=["id"],
        set_={"fencing": CheckoutAttempt.fencing + 1, "lease_until": func.now() + LEASE},
        where=(CheckoutAttempt.state == "in_flight")
        & (CheckoutAttempt.lease_until < func.now())
        & (CheckoutAttempt.content_hash == attempt.content_hash),
    )
    return session.execute(taken_over.returning(CheckoutAttempt.fencing)).scalar_one_or_none()


def find_attempt(session: Session, attempt_id: UUID) -> CheckoutAttempt | None:
    """Return the attempt as it is in the database now, or None."""
    query = select(CheckoutAttempt).where(CheckoutAttempt.id == attempt_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lock_attempt(session: Session, attempt_id: UUID, *, fencing: int) -> CheckoutAttempt | None:
    """Return the attempt, row-locked, while it is still ours to work on; else None."""
    query = select(CheckoutAttempt).where(
        CheckoutAttempt.id == attempt_id,
        CheckoutAttempt.fencing == fencing,
        CheckoutAttempt.state == "in_flight",
    )
    return session.scalars(query.with_for_update()).one_or_none()


def lock_paying_attempt(session: Session, attempt_id: UUID) -> CheckoutAttempt | None:
    """Return the attempt that waits for its card payment, row-locked; None when it is over."""
    query = select(CheckoutAttempt).where(
        CheckoutAttempt.id == attempt_id, CheckoutAttempt.state == "paying"
    )
    return session.scalars(query.with_for_update()).one_or_none()


def finish_attempt(
    session: Session,
    attempt: CheckoutAttempt,
    *,
    state: str,
    location: str,
    submitted_at: datetime,
) -> None:
    """Store the answer that every repeat gets; `state` is paying or placed.

    The first answer stays: who sent the form once more when it was paid gets the same one.
    """
    answer = attempt.answer or {"status": 303, "location": location}
    session.execute(
        update(CheckoutAttempt)
        .where(CheckoutAttempt.id == attempt.id)
        .values(state=state, lease_until=None, submitted_at=submitted_at, answer=answer)
    )


def give_up_attempt(session: Session, attempt_id: UUID, *, fencing: int) -> None:
    """Forget an attempt that ended without orders, so that the same form may be sent again."""
    session.execute(
        delete(CheckoutAttempt).where(
            CheckoutAttempt.id == attempt_id,
            CheckoutAttempt.fencing == fencing,
            CheckoutAttempt.state == "in_flight",
        )
    )
