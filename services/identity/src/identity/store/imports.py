"""Files of buyers and their rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from common.errors import NotFound
from identity.store.models import Address, Buyer, BuyerImport, BuyerImportRow, Recipient

CHUNK = 500


class ImportNotFound(NotFound):
    code = "import_not_found"


@dataclass(frozen=True, slots=True)
class Known:
    """A buyer with what its columns need beside its own row."""

    buyer: Buyer
    recipients: list[str]
    address: Address | None


def get_import(session: Session, import_id: UUID, *, brand_ids: Collection[UUID]) -> BuyerImport:
    """Return an import of one of these brands. Raises ImportNotFound."""
    query = select(BuyerImport).where(
        BuyerImport.id == import_id, BuyerImport.brand_id.in_(brand_ids)
    )
    return _one(session.scalars(query).one_or_none())


def lock_import(session: Session, import_id: UUID, *, brand_ids: Collection[UUID]) -> BuyerImport:
    """Return it row-locked until commit. Raises ImportNotFound."""
    query = select(BuyerImport).where(
        BuyerImport.id == import_id, BuyerImport.brand_id.in_(brand_ids)
    )
    locked = query.with_for_update().execution_options(populate_existing=True)
    return _one(session.scalars(locked).one_or_none())


def lock_confirmed(
    session: Session, import_id: UUID, *, brand_ids: Collection[UUID]
) -> BuyerImport | None:
    """Return it row-locked if it is confirmed and nobody else is just applying it, or None."""
    query = select(BuyerImport).where(
        BuyerImport.id == import_id,
        BuyerImport.brand_id.in_(brand_ids),
        BuyerImport.state == "confirmed",
    )
    locked = query.with_for_update(skip_locked=True)
    return session.scalars(locked.execution_options(populate_existing=True)).one_or_none()


def list_confirmed(session: Session) -> Sequence[BuyerImport]:
    """Return the maker's imports that have still rows to apply, oldest first."""
    query = select(BuyerImport).where(BuyerImport.state == "confirmed")
    return session.scalars(query.order_by(BuyerImport.id)).all()


def list_recent(
    session: Session, brand_ids: Collection[UUID], limit: int = 10
) -> Sequence[BuyerImport]:
    """Return the newest imports of these brands."""
    query = select(BuyerImport).where(BuyerImport.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(BuyerImport.id.desc()).limit(limit)).all()


def list_waiting_rows(session: Session, import_id: UUID, limit: int) -> Sequence[BuyerImportRow]:
    """Return the next rows about which nothing was done yet, row-locked."""
    query = select(BuyerImportRow).where(
        BuyerImportRow.import_id == import_id, BuyerImportRow.result.is_(None)
    )
    return session.scalars(
        query.order_by(BuyerImportRow.number).limit(limit).with_for_update()
    ).all()


def add_rows(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows of an import at once."""
    session.execute(insert(BuyerImportRow), rows)


def list_rows(
    session: Session, import_id: UUID, *, fate: str | None = None, after: int = 0, limit: int = 100
) -> Sequence[BuyerImportRow]:
    """Return rows after that number, in the file's order."""
    query = select(BuyerImportRow).where(
        BuyerImportRow.import_id == import_id, BuyerImportRow.number > after
    )
    if fate:
        query = query.where(BuyerImportRow.fate == fate)
    return session.scalars(query.order_by(BuyerImportRow.number).limit(limit)).all()


def count_rows(session: Session, import_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many rows have which fate, and which result ("" for none yet)."""
    columns = (BuyerImportRow.fate, func.coalesce(BuyerImportRow.result, ""))
    query = select(*columns, func.count()).where(BuyerImportRow.import_id == import_id)
    fates: dict[str, int] = {}
    results: dict[str, int] = {}
    for fate, result, count in session.execute(query.group_by(*columns)):
        fates[fate] = fates.get(fate, 0) + count
        results[result] = results.get(result, 0) + count
    return fates, results


def find_by_codes(session: Session, brand_id: UUID, codes: Sequence[str]) -> dict[str, Known]:
    """Return the brand's buyers by their codes in capitals, a few queries for any number."""
    found: dict[str, Known] = {}
    for at in range(0, len(codes), CHUNK):
        some = [code.upper() for code in codes[at : at + CHUNK]]
        query = select(Buyer).where(
            Buyer.brand_id == brand_id, func.upper(Buyer.unique_code).in_(some)
        )
        for known in with_parts(session, session.scalars(query).all()):
            found[known.buyer.unique_code.upper()] = known
    return found


def with_parts(session: Session, buyers: Sequence[Buyer]) -> Iterator[Known]:
    """Give each buyer with its recipients and its default address, in two queries."""
    ids = [buyer.id for buyer in buyers]
    recipients: dict[UUID, list[str]] = {}
    listed = select(Recipient).where(Recipient.buyer_id.in_(ids)).order_by(Recipient.email)
    for row in session.scalars(listed):
        recipients.setdefault(row.buyer_id, []).append(row.email)
    wished = [buyer.default_address_id for buyer in buyers if buyer.default_address_id]
    addresses = {
        each.id: each for each in session.scalars(select(Address).where(Address.id.in_(wished)))
    }
    for buyer in buyers:
        default = addresses.get(buyer.default_address_id) if buyer.default_address_id else None
        yield Known(buyer, recipients.get(buyer.id, []), default)


def delete_old_imports(session: Session, *, before: datetime) -> None:
    """Forget files that nobody needs any more; they hold people's addresses."""
    session.execute(delete(BuyerImport).where(BuyerImport.created_at < before))


def _one(found: BuyerImport | None) -> BuyerImport:
    if found is None:
        raise ImportNotFound("There is no such import.")
    return found
