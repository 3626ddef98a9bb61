"""Locks what one placing needs, in one round trip and always in this order: attempt, cart, number.

Each statement sees what was committed before it began, so the payment pages are those that are open
once the cart is ours. Who does not get what was judged rolls back, and the number is as it was.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.together import Asked, ask_together

ATTEMPT = text("""
select id as attempt_id, answer from checkout_attempts
where id = :attempt_id and fencing = :fencing and state = 'in_flight' for update
""")
CART = text("""
select id, version from carts
where buyer_id = :buyer_id and (link_id = :link_id or catalog_id = :catalog_id) for update
""")
PAGES = text("""
select id from payments
where state in ('opening', 'open') and cart_id = (
  select id from carts
  where buyer_id = :buyer_id and (link_id = :link_id or catalog_id = :catalog_id))
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAttempt:
    """A locked attempt, and what it was answered before, if anything."""

    attempt_id: UUID
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCart:
    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Held:
    """What this transaction has locked; None for what is not there, or not ours."""

    attempt: HeldAttempt | None
    cart: HeldCart | None
    has_open_pages: bool
    number: int | None
    """What `count` has answered."""


def hold(
    session: Session,
    attempt_id: UUID,
    *,
    fencing: int,
    buyer_id: UUID,
    link_id: UUID | None,
    catalog_id: UUID | None,
    count: Asked | None = None,
) -> Held:
    """Lock the attempt while it is still ours to work on, and the buyer's cart there."""
    own = {"buyer_id": buyer_id, "link_id": link_id, "catalog_id": catalog_id}
    attempts, carts, pages, *counted = ask_together(
        session,
        (ATTEMPT, {"attempt_id": attempt_id, "fencing": fencing}),
        (CART, own),
        (PAGES, own),
        *([count] if count else []),
    )
    return Held(
        HeldAttempt(**attempts[0]._asdict()) if attempts else None,
        HeldCart(**carts[0]._asdict()) if carts else None,
        bool(pages),
        counted[0][0][0] if counted else None,
    )
