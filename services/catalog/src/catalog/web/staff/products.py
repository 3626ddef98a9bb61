"""Products as staff sees them."""

from uuid import UUID

from flask import render_template, request

from catalog.deps import deps
from catalog.store.prices import list_prices
from catalog.store.products import get_product, list_brand_products, list_parts
from catalog.web.pictures import portrait
from catalog.web.staff.room import PAGE, asked_before, bp, first_image, said
from common.money import Money
from common.web.auth import current_staff
from common.web.pages import money


@bp.get("/products")
def index_products() -> str:
    """Show the brands' products, newest first."""
    staff = current_staff()
    search = request.args.get("q", "").strip()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session,
            brand_ids=staff.brand_ids,
            before=asked_before(),
            search=search,
            limit=PAGE + 1,
        )
        page = found[:PAGE]
        parts = list_parts(session, product_ids=[each.id for each in page])
    rows = [
        {
            "id": each.id,
            "name": said(each.names),
            "number": each.model_number,
            "skus": len(parts[each.id].skus),
            "image": first_image(parts[each.id]),
        }
        for each in page
    ]
    following = page[-1].id if len(found) > PAGE else None
    return render_template(
        "catalog/staff/products.html", rows=rows, next_before=following, search=search
    )


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
            "name": said(product.names),
            "number": product.model_number,
            "description": said(product.descriptions),
            "materials": said(product.materials),
            "category": product.category,
            "images": [portrait(image.key) | {"alt": said(image.alts)} for image in parts.images],
            "tax": f"{said(tax.names)} {tax.percent.normalize():f} % ({tax.country})"
            if tax
            else None,
        },
        skus=[
            {
                "number": sku.number,
                "colour": said(sku.colour_names),
                "hex": sku.colour_hex,
                "size": sku.size,
            }
            for sku in parts.skus
        ],
        prices=[(price.currency, money(Money(price.minor, price.currency))) for price in prices],
    )
