"""Files of products and their rows; many rows in one statement each."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from catalog.store.import_models import ProductImport, ProductImportRow
from common.errors import NotFound

ROWS_AT_ONCE = 2000

ADD_ROWS = text("""
insert into product_import_rows (maker_id, import_id, number, model_number, fate, cells, notes)
select :maker_id, :import_id, number, model_number, fate, cells, notes
from jsonb_to_recordset(cast(:rows as jsonb))
  as given (number int, model_number text, fate text, cells jsonb, notes jsonb)
""")


class ImportNotFound(NotFound):
    code = "import_not_found"


def get_import(session: Session, import_id: UUID, *, brand_ids: Collection[UUID]) -> ProductImport:
    """Return an import of one of these brands. Raises ImportNotFound."""
    return _one(session, import_id, brand_ids, is_locked=False)


def lock_import(session: Session, import_id: UUID, *, brand_ids: Collection[UUID]) -> ProductImport:
    """Return it row-locked until commit. Raises ImportNotFound."""
    return _one(session, import_id, brand_ids, is_locked=True)


def lock_confirmed(session: Session, import_id: UUID) -> ProductImport | None:
    """Return it row-locked if it is confirmed and nobody else is just applying it, or None."""
    query = select(ProductImport).where(
        ProductImport.id == import_id, ProductImport.state == "confirmed"
    )
    return session.scalars(query.with_for_update(skip_locked=True)).one_or_none()


def list_confirmed(session: Session) -> Sequence[UUID]:
    """Return the maker's imports that have still rows to apply, oldest first."""
    query = select(ProductImport.id).where(ProductImport.state == "confirmed")
    return session.scalars(query.order_by(ProductImport.id)).all()


def list_recent(
    session: Session, brand_ids: Collection[UUID], limit: int = 10
) -> Sequence[ProductImport]:
    query = select(ProductImport).where(ProductImport.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(ProductImport.id.desc()).limit(limit)).all()


def add_rows(session: Session, made: ProductImport, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of an import, a few thousand in a statement."""
    for at in range(0, len(rows), ROWS_AT_ONCE):
        some = json.dumps(rows[at : at + ROWS_AT_ONCE], ensure_ascii=False)
        session.execute(ADD_ROWS, {"maker_id": made.maker_id, "import_id": made.id, "rows": some})


def set_result(
    session: Session,
    import_id: UUID,
    numbers: Collection[int],
    *,
    result: str,
    note: Mapping[str, str] | None = None,
) -> None:
    """Say what came of these rows; a note replaces those that were there."""
    if numbers:
        query = update(ProductImportRow).where(
            ProductImportRow.import_id == import_id,
            ProductImportRow.number == func.any(list(numbers)),
        )
        said = {"result": result} | ({"notes": [dict(note)]} if note else {})
        session.execute(query.values(said).execution_options(synchronize_session=False))


def list_waiting_rows(
    session: Session, import_id: UUID, limit: int
) -> Sequence[tuple[int, str, str, list[Any]]]:
    """Return (number, model, fate, cells) of the next models, every model whole.

    About `limit` rows: those that have no result yet, and the others of the same models.
    """
    own = (ProductImportRow.import_id == import_id, ProductImportRow.result.is_(None))
    first = select(ProductImportRow.model_number).where(*own)
    models = set(session.scalars(first.order_by(ProductImportRow.number).limit(limit)))
    query = select(
        ProductImportRow.number,
        ProductImportRow.model_number,
        ProductImportRow.fate,
        ProductImportRow.cells,
    ).where(*own, ProductImportRow.model_number.in_(models))
    return [
        (row[0], row[1], row[2], row[3])
        for row in session.execute(query.order_by(ProductImportRow.number))
    ]


def list_rows(
    session: Session, import_id: UUID, *, fate: str | None = None, after: int = 0, limit: int = 100
) -> Sequence[ProductImportRow]:
    """Return rows after that number, in the file's order."""
    query = select(ProductImportRow).where(
        ProductImportRow.import_id == import_id, ProductImportRow.number > after
    )
    if fate:
        query = query.where(ProductImportRow.fate == fate)
    return session.scalars(query.order_by(ProductImportRow.number).limit(limit)).all()


def count_rows(session: Session, import_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many rows have which fate, and which result ("" for none yet)."""
    columns = (ProductImportRow.fate, func.coalesce(ProductImportRow.result, ""))
    query = select(*columns, func.count()).where(ProductImportRow.import_id == import_id)
    fates: dict[str, int] = {}
    results: dict[str, int] = {}
    for fate, result, count in session.execute(query.group_by(*columns)):
        fates[fate] = fates.get(fate, 0) + count
        results[result] = results.get(result, 0) + count
    return fates, results


def _one(
    session: Session, import_id: UUID, brand_ids: Collection[UUID], *, is_locked: bool
) -> ProductImport:
    query = select(ProductImport).where(
        ProductImport.id == import_id, ProductImport.brand_id.in_(brand_ids)
    )
    found = session.scalars(query.with_for_update() if is_locked else query).one_or_none()
    if found is None:
        raise ImportNotFound("There is no such import.")
    return found
