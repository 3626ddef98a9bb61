"""The rows of a file, model by model, held against what the brand has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.product_columns import values_of
from catalog.domain.product_import import KnownProduct, ModelPlan, Offer, Row, plan_model
from catalog.domain.shopify import shopify_rows
from catalog.domain.sku_template import made_number
from catalog.store.import_models import ProductImport
from catalog.store.models_of_file import find_models, find_owners

Cells = tuple[int, Mapping[str, str]]


def read_rows(found: ProductImport, rows: Sequence[Cells]) -> Iterator[tuple[int, Row | None]]:
    """Give (row number, row by our keys); None for one that says nothing of a SKU."""
    if found.settings["kind"] == "shopify":
        language, price_key = found.settings["language"], found.settings["price_key"]
        for number, values in shopify_rows(rows, language=language, price_key=price_key):
            yield number, (number, values) if values is not None else None
        return
    columns = found.settings["columns"]
    for number, cells in rows:
        yield number, (number, values_of(cells, columns))


def sku_number(values: Mapping[str, str]) -> str:
    """Return the number that the row's SKU has or gets."""
    place = (values.get("colour", ""), values.get("size", ""))
    return values.get("sku_number", "") or made_number(values.get("model_number", ""), place)


def by_model(rows: Iterable[Row]) -> dict[str, list[Row]]:
    models: dict[str, list[Row]] = {}
    for row in rows:
        models.setdefault(row[1].get("model_number", ""), []).append(row)
    return models


def plan_models(
    session: Session,
    models: Mapping[str, Sequence[Row]],
    *,
    brand_id: UUID,
    offer: Offer,
    repeated: frozenset[str] = frozenset(),
    is_locked: bool = False,
) -> list[ModelPlan]:
    """Return a plan for each model, in 4 queries for any number."""
    numbers = {sku_number(values) for rows in models.values() for _, values in rows}
    known = find_models(session, list(models), brand_id=brand_id, is_locked=is_locked)
    elsewhere = find_owners(session, numbers, brand_id=brand_id)
    return [
        plan_model(
            rows,
            known.get(model) or KnownProduct(),
            offer,
            elsewhere=elsewhere,
            repeated=repeated,
        )
        for model, rows in models.items()
    ]
