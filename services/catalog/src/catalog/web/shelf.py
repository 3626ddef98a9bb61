"""Products as the storefront's templates read them: at this buyer's terms, in its language."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from catalog.domain.pricing import tax_for, unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Terms
from catalog.domain.text import in_language
from catalog.store.models import ProductImage, Sku
from catalog.store.pictures import WIDTHS, name_of
from catalog.store.products import FoundProduct
from catalog.usecases.price_lines import tax_of
from common.money import Money
from common.web.pages import media_url

SIZES = ("XS", "S", "M", "L", "XL", "XXL")


def shown_product(
    found: FoundProduct, *, terms: Terms, overrides: Sequence[Override], base_url: str
) -> dict[str, Any]:
    """Return what a product card, the product page and its grid need."""
    product, language = found.product, terms.language
    listed = Money(found.list_minor, terms.currency) if found.list_minor is not None else None
    rate = rate_for(
        catalog_id=found.catalog_id,
        product_id=product.id,
        overrides=overrides,
        buyer_rate=terms.rate,
    )
    price = unit_price(listed, rate) if listed else None
    tax = tax_for(tax_of(found.tax, language), buyer_country=terms.country)
    return {
        "url": f"{base_url}/products/{found.catalog_id}/{product.id}",
        "name": in_language(product.names, language),
        "number": product.model_number,
        "description": in_language(product.descriptions, language),
        "materials": in_language(product.materials, language),
        "price": price,
        "list_price": listed,
        "tax": tax,
        "rate": rate,
        "note": None if price else _("Not available at your terms"),
        "image": shown_image(found.images[0], language) if found.images else None,
        "images": [shown_image(image, language) for image in found.images],
        "swatches": [
            {"hex": sku.colour_hex, "name": in_language(sku.colour_names, language)}
            for sku in _one_per_colour(found.skus)
        ],
        "sizes": sizes_of(found.skus),
        "rows": grid_rows(found, language, price),
    }


def shown_image(image: ProductImage, language: str) -> dict[str, Any]:
    """Return a stored picture for <img>, in several widths."""
    return picture(image.key) | {"alt": in_language(image.alts, language)}


def picture(key: str) -> dict[str, Any]:
    """Return addresses and size of a picture 4 wide and 5 high."""
    return {
        "url": media_url(name_of(key, WIDTHS[1])),
        "srcset": ", ".join(f"{media_url(name_of(key, width))} {width}w" for width in WIDTHS),
        "alt": "",
        "width": 800,
        "height": 1000,
    }


def sizes_of(skus: Sequence[Sku]) -> list[str]:
    """Return the product's sizes, the usual letters in their order, others as they come."""
    sizes = list(dict.fromkeys(sku.size for sku in skus))
    return sorted(sizes, key=lambda size: SIZES.index(size) if size in SIZES else len(SIZES))


def grid_rows(found: FoundProduct, language: str, price: Money | None) -> list[dict[str, Any]]:
    """Return one row per colour with a cell per size; what is not made is None."""
    sizes = sizes_of(found.skus)
    by_cell = {(sku.colour, sku.size): sku for sku in found.skus}
    return [
        {
            "label": in_language(first.colour_names, language),
            "hex": first.colour_hex,
            "cells": [_cell(found, by_cell.get((first.colour, size)), price) for size in sizes],
        }
        for first in _one_per_colour(found.skus)
    ]


def _cell(found: FoundProduct, sku: Sku | None, price: Money | None) -> dict[str, Any] | None:
    if sku is None:
        return None
    return {
        "catalog_id": found.catalog_id,
        "sku_id": sku.id,
        "number": sku.number,
        "quantity": 0,
        "price_minor": price.minor if price else None,
        "note": None if price else _("not at your terms"),
    }


def _one_per_colour(skus: Sequence[Sku]) -> list[Sku]:
    seen: dict[str, Sku] = {}
    for sku in skus:
        seen.setdefault(sku.colour, sku)
    return list(seen.values())
