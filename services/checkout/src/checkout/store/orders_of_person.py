"""A person's orders: which they are, what of them is under way, and that the law still keeps some."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from checkout.store.models import Order
from common.db import act_as
from common.privacy import Person

MARK = text("""
update orders set erasure_asked_at = now()
where buyer_id = any(:buyer_ids) and erasure_asked_at is null and buyer_name not like 'erased-%'
""")
PAYING = text("""
select count(*) from payments
where state in ('opening', 'open', 'refunding')
  and id in (select id from checkout_attempts where buyer_id = any(:buyer_ids))
""")
PLACING = text("""
select count(*) from checkout_attempts
where buyer_id = any(:buyer_ids) and state = 'in_flight' and lease_until > now()
""")
UPLOADING = text("""
select count(*) from next_engine_slips
where state in ('pending', 'sending', 'unknown', 'accepted')
  and order_id in (select id from orders where buyer_id = any(:buyer_ids))
""")
SENTENCES = (
    (PAYING, "{} card payments are not settled yet: wait until they are paid, refunded or over."),
    (PLACING, "{} orders are being placed at this moment: try again."),
    (UPLOADING, "{} uploads to NEXT ENGINE are under way: wait, or see to them on /ops/checkout."),
)


def find_orders(session: Session, person: Person) -> Collection[UUID]:
    """Return the orders of the person's buyers, of all its makers."""
    found: list[UUID] = []
    for maker_id in person.maker_ids:
        act_as(session, maker_id)
        query = select(Order.id).where(Order.buyer_id.in_(person.buyer_ids)).order_by(Order.id)
        found += session.scalars(query)
    return found


def find_open_work(session: Session, person: Person, maker_id: UUID | None) -> list[str]:
    """Say what must end first: it needs the data that would go."""
    if maker_id is None:
        return []
    numbers = [(session.scalar(query, person.params(maker_id)), say) for query, say in SENTENCES]
    return [say.format(number) for number, say in numbers if number]


def keep_for_the_law(session: Session, person: Person, maker_id: UUID | None) -> None:
    """Mark the orders: when the brand's term is over, a job takes the rest out of them."""
    if maker_id is not None:
        session.execute(MARK, person.params(maker_id))


def list_outlived(session: Session, *, completed_before: datetime, at_most: int) -> list[UUID]:
    """Return marked orders of the maker whose term is over, oldest first, row-locked."""
    query = (
        select(Order.id)
        .where(Order.erasure_asked_at.is_not(None), Order.completed_at < completed_before)
        .order_by(Order.completed_at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))
