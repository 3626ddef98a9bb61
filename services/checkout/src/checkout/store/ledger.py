"""What other services said of an order; an older word never covers a newer one (K10)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.models import LedgerEntry
from common.ids import new_id


def put_entry(
    session: Session,
    *,
    maker_id: UUID,
    order_id: UUID,
    kind: str,
    subject: str,
    seq: int,
    state: str,
    changed_at: datetime,
    what: str = "",
    recipient: str | None = None,
    attempts: int = 1,
    note: str | None = None,
) -> None:
    """Write the entry, or renew it if `seq` is newer than what is there."""
    row = {
        "id": new_id(),
        "maker_id": maker_id,
        "order_id": order_id,
        "kind": kind,
        "subject": subject,
        "seq": seq,
        "state": state,
        "what": what,
        "recipient": recipient,
        "attempts": attempts,
        "note": note,
        "changed_at": changed_at,
    }
    put = insert(LedgerEntry).values(row)
    fixed = {"id", "maker_id", "order_id", "kind", "subject"}
    newer = {name: put.excluded[name] for name in row if name not in fixed}
    session.execute(
        put.on_conflict_do_update(
            index_elements=["order_id", "kind", "subject"],
            set_=newer,
            where=LedgerEntry.seq < put.excluded.seq,
        )
    )


def list_entries(session: Session, order_id: UUID) -> Sequence[LedgerEntry]:
    """Return the order's entries, oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.order_id == order_id)
    return session.scalars(query.order_by(LedgerEntry.created_at, LedgerEntry.id)).all()


def list_entries_of(session: Session, order_ids: Collection[UUID]) -> Sequence[LedgerEntry]:
    """Return the entries of these orders, oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.order_id.in_(order_ids))
    return session.scalars(query.order_by(LedgerEntry.created_at, LedgerEntry.id)).all()
