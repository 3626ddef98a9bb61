"""A product's SKUs as the size × colour grid of the layout reads them."""

from collections.abc import Sequence
from typing import Any

from catalog.domain.terms import Terms
from catalog.store.models import Sku
from catalog.store.products import FoundProduct
from common.money import Money

SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "3XL", "XXXL", "4XL")


def sizes_of(skus: Sequence[Sku]) -> list[str]:
    """Return the product's sizes: letters from small to large, others as the brand sorted them."""
    sizes = list(dict.fromkeys(sku.size for sku in skus))
    return sorted(sizes, key=lambda size: SIZES.index(size) if size in SIZES else len(SIZES))


def grid_rows(found: FoundProduct, terms: Terms, price: Money | None) -> list[dict[str, Any]]:
    """Return one row per colour with a cell per size; what is not made is None."""
    sizes = sizes_of(found.skus)
    by_cell = {(sku.colour, sku.size): sku for sku in found.skus}
    return [
        {
            "colour": first.colour,
            "label": terms.words(first.colour_names),
            "hex": first.colour_hex,
            "cells": [_cell(found, by_cell.get((first.colour, size)), price) for size in sizes],
        }
        for first in one_per_colour(found.skus)
    ]


def one_per_colour(skus: Sequence[Sku]) -> list[Sku]:
    """Return the first SKU of each colour, in their order."""
    seen: dict[str, Sku] = {}
    for sku in skus:
        seen.setdefault(sku.colour, sku)
    return list(seen.values())


def _cell(found: FoundProduct, sku: Sku | None, price: Money | None) -> dict[str, Any] | None:
    if sku is None:
        return None
    return {
        "catalog_id": found.catalog_id,
        "sku_id": sku.id,
        "number": sku.number,
        "quantity": 0,
        "minimum": sku.minimum,
        "multiple": sku.multiple or 1,
        "price_minor": price.minor if price else None,
    }
