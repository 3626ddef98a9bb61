"""Read a file of products and write down what each row would do. No product is touched (dry run)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.product_import import ModelPlan, Offer, Row
from catalog.store.import_models import ProductImport
from catalog.store.product_imports import add_rows
from catalog.usecases.plan_models import by_model, plan_models, read_rows, sku_number
from common.tables import Table

MODELS_AT_ONCE = 300
SKIPPED = {
    "field": "",
    "code": "picture_only",
    "detail": "A row of a picture only; pictures are not fetched.",
}
SHARED = {
    "field": "",
    "code": "model_wrong",
    "detail": "Another row of this model is wrong; a model is imported whole or not at all.",
}


@dataclass(frozen=True)
class ImportFile:
    """What was brought. `settings`: how its columns are read."""

    name: str
    table: Table
    settings: Mapping[str, Any]


def plan_import(
    session: Session,
    file: ImportFile,
    *,
    maker_id: UUID,
    brand_id: UUID,
    offer: Offer,
    actor_name: str,
    now: datetime,
) -> ProductImport:
    """Keep the file's rows, each with its fate."""
    made = ProductImport(
        maker_id=maker_id,
        brand_id=brand_id,
        file_name=file.name[:200],
        settings=dict(file.settings),
        columns=list(file.table.columns),
        actor_name=actor_name,
        created_at=now,
    )
    session.add(made)
    session.flush()
    cells = {row.number: list(row.cells.values()) for row in file.table.rows}
    add_rows(session, made, list(_fates(session, made, file, offer, cells)))
    return made


def _fates(
    session: Session,
    made: ProductImport,
    file: ImportFile,
    offer: Offer,
    cells: Mapping[int, list[str]],
) -> Iterator[dict[str, Any]]:
    said = list(read_rows(made, [(row.number, row.cells) for row in file.table.rows]))
    rows = [row for _, row in said if row is not None]
    for number, row in said:
        if row is None:
            yield _stored(number, "", "skip", [SKIPPED], cells)
    counted = Counter(sku_number(values) for _, values in rows)
    repeated = frozenset(number for number, count in counted.items() if count > 1)
    models = iter(by_model(rows).items())
    while some := dict(islice(models, MODELS_AT_ONCE)):
        for plan in plan_models(
            session, some, brand_id=made.brand_id, offer=offer, repeated=repeated
        ):
            yield from _rows_of(plan, some[plan.model_number], cells)


def _rows_of(
    plan: ModelPlan, rows: Sequence[Row], cells: Mapping[int, list[str]]
) -> Iterator[dict[str, Any]]:
    skus = dict(plan.skus)
    for number, _ in rows:
        notes = [error.as_json() for error in plan.errors.get(number, [])]
        if plan.errors and not notes:
            notes = [SHARED]
        fate = plan.fate_of(number, skus.get(number))
        yield _stored(number, plan.model_number, fate, notes, cells)


def _stored(
    number: int,
    model_number: str,
    fate: str,
    notes: list[dict[str, str]],
    cells: Mapping[int, list[str]],
) -> dict[str, Any]:
    return {
        "number": number,
        "model_number": model_number,
        "fate": fate,
        "cells": cells[number],
        "notes": notes,
    }
