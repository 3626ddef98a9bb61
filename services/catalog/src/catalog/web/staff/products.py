"""Products as staff sees them."""

from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.store.prices import list_prices
from catalog.store.products import get_product, list_brand_products, list_categories, list_parts
from catalog.web.pictures import portrait
from catalog.web.staff.room import PAGE, asked_before, bp, brand_of, first_image, said, tax_words
from common.money import Money
from common.web.auth import WRITERS, current_staff
from common.web.pages import money


@bp.get("/products")
def index_products() -> str:
    """Show the brands' products, newest first."""
    staff = current_staff()
    search = request.args.get("q", "").strip()
    category, only = request.args.get("category", ""), request.args.get("only", "")
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session,
            brand_ids=staff.brand_ids,
            before=asked_before(),
            search=search,
            category=category or None,
            is_unpriced=only == "unpriced",
            limit=PAGE + 1,
        )
        categories = list_categories(session, brand_ids=staff.brand_ids)
        page = found[:PAGE]
        parts = list_parts(session, product_ids=[each.id for each in page])
    rows = [
        {
            "id": each.id,
            "name": said(each.names),
            "number": each.model_number,
            "category": each.category,
            "skus": len(parts[each.id].skus),
            "image": first_image(parts[each.id]),
        }
        for each in page
    ]
    following = page[-1].id if len(found) > PAGE else None
    asked = {"q": search, "category": category, "only": only}
    query = urlencode({name: value for name, value in asked.items() if value})
    return render_template(
        "catalog/staff/products.html",
        rows=rows,
        next_url=f"?before={following}&{query}" if following else None,
        search=search,
        category=category,
        only=only,
        categories=categories,
        can_write=staff.role in WRITERS,
    )


@bp.get("/products/<uuid:product_id>")
def show_product(product_id: UUID) -> str:
    """Show one product with its SKUs and list prices. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        product, tax = get_product(session, product_id, brand_ids=staff.brand_ids)
        parts = list_parts(session, product_ids=[product_id])[product_id]
        prices = list_prices(session, product_id=product_id)
    terms = {term.id: term.name for term in brand_of(product.brand_id).trade_terms}
    return render_template(
        "catalog/staff/product.html",
        can_write=staff.role in WRITERS,
        product={
            "id": product_id,
            "name": said(product.names),
            "number": product.model_number,
            "description": said(product.descriptions),
            "materials": said(product.materials),
            "category": product.category,
            "images": [portrait(image.key) | {"alt": said(image.alts)} for image in parts.images],
            "tax": tax_words(tax) if tax else None,
        },
        skus=[
            {
                "number": sku.number,
                "colour": said(sku.colour_names),
                "hex": sku.colour_hex,
                "size": sku.size,
                "minimum": sku.minimum,
                "multiple": sku.multiple,
            }
            for sku in parts.skus
        ],
        prices=[
            (
                f"{terms.get(each.trade_term_id, _('No longer offered'))} · {each.currency}",
                money(Money(each.minor, each.currency)),
            )
            for each in prices
        ],
    )
