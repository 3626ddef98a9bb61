"""Read a file of buyers and write down what each row would do. No buyer is touched (dry run)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.errors import FieldError
from common.ids import new_id
from common.tables import Row
from identity.domain.buyer_columns import values_of
from identity.domain.import_plan import RowFate, RowPlan, plan_row
from identity.store.brands import get_brand
from identity.store.choices import read_choices
from identity.store.imports import Known, add_rows, find_by_codes
from identity.store.models import BuyerImport
from identity.usecases.describe_columns import current_of

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ImportFile:
    """What was brought. `columns`: the file's column by our key."""

    name: str
    brand_id: UUID
    columns: Mapping[str, str]
    rows: Sequence[Row]


def plan_import(session: Session, file: ImportFile, *, actor: Actor, now: datetime) -> BuyerImport:
    """Keep the file's rows, each with its fate. Raises BrandNotFound."""
    brand = get_brand(session, file.brand_id)
    made = BuyerImport(
        id=new_id(),
        maker_id=brand.maker_id,
        brand_id=brand.id,
        file_name=file.name[:200],
        columns=list(file.columns),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        created_at=now,
    )
    session.add(made)
    session.flush()
    values = [(row.number, values_of(row.cells, file.columns)) for row in file.rows]
    codes = Counter(cells.get("unique_code", "").upper() for _, cells in values)
    repeated = {code for code, count in codes.items() if code and count > 1}
    # Some rows at a time: the database closes a transaction that leaves it waiting for long.
    for at in range(0, len(values), ROWS_AT_ONCE):
        add_rows(session, _planned(session, made, values[at : at + ROWS_AT_ONCE], repeated))
    record_change(
        session,
        actor=actor,
        place=Place(brand.maker_id, brand.id),
        action="buyer_import_planned",
        subject=Subject("import", made.id, made.file_name),
        after={"rows": len(file.rows)},
        now=now,
    )
    return made


def _planned(
    session: Session,
    made: BuyerImport,
    values: Sequence[tuple[int, dict[str, str]]],
    repeated: Collection[str],
) -> list[dict[str, Any]]:
    """Return the rows with their fates, as they are stored."""
    choices = read_choices(session, made.maker_id)
    wished = [cells["unique_code"] for _, cells in values if cells.get("unique_code")]
    known = find_by_codes(session, made.brand_id, wished)
    rows = []
    for number, cells in values:
        code = cells.get("unique_code", "").upper()
        there = known.get(code)
        plan = plan_row(cells, current_of(there) if there else None, choices)
        plan = _refused(plan) if code in repeated else plan
        rows.append(_row(made, number, cells, there=there, plan=plan))
    return rows


def _refused(plan: RowPlan) -> RowPlan:
    """Return the plan of a row whose code another row of the file has, too."""
    wrong = FieldError(
        "unique_code", "repeated", "This unique code stands in several rows of the file."
    )
    return RowPlan(RowFate.ERROR, errors=[*plan.errors, wrong])


def _row(
    made: BuyerImport, number: int, cells: Mapping[str, str], *, there: Known | None, plan: RowPlan
) -> dict[str, Any]:
    return {
        "maker_id": made.maker_id,
        "import_id": made.id,
        "number": number,
        "fate": plan.fate,
        "cells": dict(cells),
        "changes": dict(plan.changes),
        "errors": [error.as_json() for error in plan.errors],
        "buyer_id": there.buyer.id if there else None,
        "buyer_version": there.buyer.version if there else None,
    }
