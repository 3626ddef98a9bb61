"""The staff's pages: catalogs, products, lookbooks."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.domain.text import in_language
from catalog.store.catalogs import CatalogNotFound, list_catalogs, list_lookbooks
from catalog.store.prices import list_prices
from catalog.store.products import (
    Parts,
    get_product,
    list_brand_products,
    list_parts,
    list_products,
)
from catalog.web.pictures import landscape, portrait
from common.errors import NotFound
from common.money import Money
from common.translations import LANGUAGES
from common.web.auth import current_staff
from common.web.i18n import language
from common.web.pages import money

bp = Blueprint("staff", __name__)
PAGE = 50


@bp.get("/catalogs")
def index_catalogs() -> str:
    """Show the brands' catalogs."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids)
    rows = [(each, _said(each.catalog.names)) for each in found]
    return render_template("catalog/staff/catalogs.html", rows=rows)


@bp.get("/catalogs/<uuid:catalog_id>")
def show_catalog(catalog_id: UUID) -> str:
    """Show one catalog and its products. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids, catalog_ids=[catalog_id])
        if not found:
            raise CatalogNotFound(_("There is no such catalog."))
        products = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=UUID(int=0),
            currency="",
            limit=200,
        )
    shown = [
        {
            "id": each.product.id,
            "name": _said(each.product.names),
            "number": each.product.model_number,
            "skus": len(each.skus),
            "image": portrait(each.images[0].key) if each.images else None,
        }
        for each in products
    ]
    catalog = found[0].catalog
    return render_template(
        "catalog/staff/catalog.html",
        catalog=catalog,
        name=_said(catalog.names),
        products=shown,
    )


@bp.get("/products")
def index_products() -> str:
    """Show the brands' products, newest first."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session, brand_ids=staff.brand_ids, before=_before(), limit=PAGE + 1
        )
        page = found[:PAGE]
        parts = list_parts(session, product_ids=[each.id for each in page])
    rows = [
        {
            "id": each.id,
            "name": _said(each.names),
            "number": each.model_number,
            "skus": len(parts[each.id].skus),
            "image": _first(parts[each.id]),
        }
        for each in page
    ]
    following = page[-1].id if len(found) > PAGE else None
    return render_template("catalog/staff/products.html", rows=rows, next_before=following)


@bp.get("/products/<uuid:product_id>")
def show_product(product_id: UUID) -> str:
    """Show one product with its SKUs and list prices. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        product, tax = get_product(session, product_id, brand_ids=staff.brand_ids)
        parts = list_parts(session, product_ids=[product_id])[product_id]
        prices = list_prices(session, product_id=product_id)
    return render_template(
        "catalog/staff/product.html",
        product={
            "name": _said(product.names),
            "number": product.model_number,
            "description": _said(product.descriptions),
            "materials": _said(product.materials),
            "category": product.category,
            "images": [portrait(image.key) | {"alt": _said(image.alts)} for image in parts.images],
            "tax": f"{_said(tax.names)} {tax.percent.normalize():f} % ({tax.country})"
            if tax
            else None,
        },
        skus=[
            {
                "number": sku.number,
                "colour": _said(sku.colour_names),
                "hex": sku.colour_hex,
                "size": sku.size,
            }
            for sku in parts.skus
        ],
        prices=[(price.currency, money(Money(price.minor, price.currency))) for price in prices],
    )


@bp.get("/lookbooks")
def index_lookbooks() -> str:
    """Show the brands' lookbooks."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = [
            book for each in staff.brand_ids for book in list_lookbooks(session, brand_id=each)
        ]
    books = [
        {
            "name": _said(book.names),
            "status": book.status,
            "image": landscape(book.keys[0]) if book.keys else None,
            "pictures": len(book.keys),
        }
        for book in found
    ]
    return render_template("catalog/staff/lookbooks.html", books=books)


def _first(parts: Parts) -> dict[str, Any] | None:
    return portrait(parts.images[0].key) if parts.images else None


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong


def _said(texts: dict[str, Any]) -> str:
    """Return a text in the reader's language."""
    return in_language(texts, language(), default=LANGUAGES[0])
