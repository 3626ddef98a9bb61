"""Models of a file written into the brand: new and changed ones, a few statements for all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.import_values import SkuValues
from catalog.domain.product_import import ModelPlan
from catalog.store.models_of_file import (
    add_products,
    add_skus,
    change_product,
    change_skus,
    set_prices,
    take_prices,
)
from common.ids import new_id


def write_models(
    session: Session, plans: Sequence[ModelPlan], *, maker_id: UUID, brand_id: UUID
) -> None:
    """Write products, SKUs and prices; what would not change is not touched."""
    owner = {"maker_id": maker_id, "brand_id": brand_id}
    ids = {plan.model_number: plan.known.id or new_id() for plan in plans}
    add_products(
        session,
        [
            owner | {"id": ids[plan.model_number], "version": 1} | _columns(plan)
            for plan in plans
            if plan.known.id is None
        ],
    )
    for plan in plans:
        if plan.known.id is not None and _has_news(plan):
            change_product(session, plan.known.id, _columns(plan))
            gone = [key for key, minor in plan.prices.items() if minor is None]
            take_prices(session, plan.known.id, gone)
    new, changed = [], []
    for plan in plans:
        for _, sku in plan.skus:
            there = plan.known.skus.get(sku.number)
            if there is None:
                own = {"id": new_id(), "product_id": ids[plan.model_number]}
                new.append(owner | own | _sku(sku))
            elif sku != there:
                changed.append({"id": there.id} | _sku(sku))
    add_skus(session, new)
    change_skus(session, changed)
    set_prices(
        session,
        [
            _price(maker_id, ids[plan.model_number], key, minor)
            for plan in plans
            for key, minor in plan.prices.items()
            if minor is not None and plan.known.prices.get(key) != minor
        ],
    )


def _has_news(plan: ModelPlan) -> bool:
    known = plan.known.skus
    return plan.is_changed or any(known.get(sku.number) != sku for _, sku in plan.skus)


def _columns(plan: ModelPlan) -> dict[str, Any]:
    draft = plan.draft
    return {
        "model_number": draft.model_number,
        "names": draft.names,
        "descriptions": draft.descriptions,
        "materials": draft.materials,
        "category": draft.category,
        "tax_id": draft.tax_id,
    }


def _sku(sku: SkuValues) -> dict[str, Any]:
    return {
        "number": sku.number,
        "colour": sku.colour,
        "colour_names": sku.colour_names,
        "colour_hex": sku.hex,
        "size": sku.size,
        "minimum": sku.minimum,
        "multiple": sku.multiple,
        "position": sku.position,
    }


def _price(
    maker_id: UUID, product_id: UUID, key: tuple[UUID, str], minor: int
) -> Mapping[str, Any]:
    return {
        "maker_id": maker_id,
        "product_id": product_id,
        "trade_term_id": key[0],
        "currency": key[1],
        "minor": minor,
    }
