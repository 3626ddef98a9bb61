"""What an import would do with one model: decided before anything is written, and again when it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from catalog.domain.import_values import PRODUCT_KEYS, SkuValues, read_sku, texts_in
from catalog.domain.product_rules import ProductDraft, product_errors
from catalog.domain.sku_template import MOST_COLOURS, MOST_SIZES
from catalog.domain.typed_amount import read_amount
from common.errors import FieldError, Invalid

PriceKey = tuple[UUID, str]
PER_COLOUR = 1000


@dataclass(frozen=True, slots=True)
class Offer:
    """What the brand has to choose from."""

    taxes: Mapping[str, UUID]
    """By the words that a file has for them."""
    prices: Mapping[str, PriceKey]
    """Trade term and currency by the column's key."""


@dataclass(slots=True)
class KnownProduct:
    """A product as it is now; for a new one an empty one."""

    id: UUID | None = None
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    category: str = ""
    tax_id: UUID | None = None
    skus: dict[str, SkuValues] = field(default_factory=dict)
    """By number."""
    prices: dict[PriceKey, int] = field(default_factory=dict)


@dataclass(slots=True)
class ModelPlan:
    """What becomes of one model. With errors nothing of it is written."""

    model_number: str
    known: KnownProduct
    draft: ProductDraft
    prices: dict[PriceKey, int | None]
    """Of those in the file; None takes one away."""
    skus: list[tuple[int, SkuValues]]
    """(row number, SKU), new and known ones alike."""
    is_changed: bool
    errors: dict[int, list[FieldError]]

    def fate_of(self, number: int, sku: SkuValues | None) -> str:
        """Return create, update, unchanged or error for the row."""
        if self.errors or sku is None:
            return "error"
        there = self.known.skus.get(sku.number)
        if there is None:
            return "create"
        return "update" if self.is_changed or sku != there else "unchanged"


Row = tuple[int, Mapping[str, str]]


def plan_model(
    rows: Sequence[Row],
    known: KnownProduct,
    offer: Offer,
    *,
    elsewhere: Mapping[str, str],
    repeated: frozenset[str] = frozenset(),
) -> ModelPlan:
    """Return what becomes of the rows of one model.

    `elsewhere`: SKU number → model, of other products; `repeated`: numbers that several rows have.
    """
    number = rows[0][1]["model_number"]
    errors: dict[int, list[FieldError]] = {}
    merged = _merged(rows, errors)
    draft = _draft(rows[0], merged, known, offer, errors)
    prices = _prices(merged, offer, rows[0][0], errors)
    skus = []
    for row_number, values in rows:
        wrong: list[FieldError] = []
        sku = read_sku(values, known.skus, model_number=number, errors=wrong)
        if sku.number in repeated:
            wrong.append(FieldError("sku_number", "repeated", REPEATED))
        if elsewhere.get(sku.number, number) != number:
            wrong.append(FieldError("sku_number", "R83", "Another SKU has this number."))
        if wrong:
            errors.setdefault(row_number, []).extend(wrong)
        skus.append((row_number, sku))
    _place(skus, known, errors)
    is_changed = _is_changed(known, draft, prices)
    return ModelPlan(number, known, draft, prices, skus, is_changed, errors)


REPEATED = "This SKU number stands in several rows of the file."


def _merged(rows: Sequence[Row], errors: dict[int, list[FieldError]]) -> dict[str, str]:
    """Return what the rows say of their product; rows that disagree are wrong."""
    merged: dict[str, str] = {}
    for number, values in rows:
        for key, value in values.items():
            if not key.startswith(PRODUCT_KEYS):
                continue
            there = merged.setdefault(key, value)
            if value and not there:
                merged[key] = value
            elif value and value != there:
                words = "The rows of one model disagree here."
                errors.setdefault(number, []).append(FieldError(key, "disagrees", words))
    return merged


def _draft(
    first: Row,
    merged: Mapping[str, str],
    known: KnownProduct,
    offer: Offer,
    errors: dict[int, list[FieldError]],
) -> ProductDraft:
    wrong = []
    tax_id = known.tax_id
    if "tax" in merged:
        tax_id = offer.taxes.get(merged["tax"]) if merged["tax"] else None
        if merged["tax"] and tax_id is None:
            wrong.append(FieldError("tax", "unknown", "There is no such tax."))
    draft = ProductDraft(
        model_number=first[1]["model_number"],
        names=texts_in(merged, "names", known.texts.get("names", {})),
        descriptions=texts_in(merged, "descriptions", known.texts.get("descriptions", {})),
        materials=texts_in(merged, "materials", known.texts.get("materials", {})),
        category=merged.get("category", known.category),
        tax_id=tax_id,
    )
    wrong += product_errors(draft)
    if wrong:
        errors.setdefault(first[0], []).extend(wrong)
    return draft


def _prices(
    merged: Mapping[str, str], offer: Offer, first: int, errors: dict[int, list[FieldError]]
) -> dict[PriceKey, int | None]:
    prices: dict[PriceKey, int | None] = {}
    for column, key in offer.prices.items():
        if column in merged:
            try:
                prices[key] = read_amount(merged[column], key[1], field=column)
            except Invalid as refusal:
                errors.setdefault(first, []).extend(refusal.errors)
    return prices


def _place(
    skus: list[tuple[int, SkuValues]],
    known: KnownProduct,
    errors: dict[int, list[FieldError]],
) -> None:
    """Give new SKUs their positions, and refuse a colour and size that another SKU has."""
    numbers = {sku.number for _, sku in skus}
    rest = [sku for number, sku in known.skus.items() if number not in numbers]
    taken = {(sku.colour, sku.size) for sku in rest}
    old = sorted(known.skus.values(), key=lambda sku: sku.position)
    colours = list(dict.fromkeys([s.colour for s in old] + [s.colour for _, s in skus]))
    sizes = list(dict.fromkeys([s.size for s in old] + [s.size for _, s in skus]))
    for row_number, sku in skus:
        place = (sku.colour, sku.size)
        if place in taken or len(colours) > MOST_COLOURS or len(sizes) > MOST_SIZES:
            words = "This colour and size are not in the template, or stand there twice."
            errors.setdefault(row_number, []).append(FieldError("size", "R83", words))
        taken.add(place)
        there = known.skus.get(sku.number)
        is_there = there is not None and place == (there.colour, there.size)
        at = colours.index(sku.colour) * PER_COLOUR + sizes.index(sku.size)
        sku.position = there.position if there and is_there else at


def _is_changed(known: KnownProduct, draft: ProductDraft, prices: Mapping[PriceKey, Any]) -> bool:
    """Whether the product itself or a price of it would differ."""
    texts = {name: dict(getattr(draft, name)) for name in ("names", "descriptions", "materials")}
    return (
        known.texts != texts
        or (known.category, known.tax_id) != (draft.category, draft.tax_id)
        or any(known.prices.get(key) != minor for key, minor in prices.items())
    )
