"""A product's list prices: trade terms × currencies in one grid (R57)."""

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.typed_amount import read_amount, written_amount
from catalog.gateways.identity import Brand
from catalog.store.keeping import PriceKey, lock_product
from catalog.store.models import Product
from catalog.store.prices import list_prices
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_prices import save_prices
from catalog.web.staff.product_editing import own_product
from catalog.web.staff.room import bp, brand_of, errors_of, said, writing_staff
from common.errors import FieldError, Invalid


@bp.get("/products/<uuid:product_id>/prices")
def show_prices(product_id: UUID) -> str:
    """Show the grid."""
    product = own_product(writing_staff(), product_id)
    with deps().database.transaction(product.maker_id) as session:
        stored = list_prices(session, product_id=product_id)
    typed = {
        field_of((each.trade_term_id, each.currency)): written_amount(each.minor, each.currency)
        for each in stored
    }
    return _show(product, typed)


@bp.post("/products/<uuid:product_id>/prices")
def put_prices(product_id: UUID) -> Response | tuple[str, int]:
    """Save the whole grid; an empty field is no price there (R58)."""
    staff = writing_staff()
    product = own_product(staff, product_id)
    brand = brand_of(product.brand_id)
    try:
        prices = _prices_sent(brand)
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
            save_prices(
                session,
                locked,
                prices,
                offered=brand.offered(),
                version=request.form.get("version", 0, type=int),
            )
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show(product, request.form.to_dict(), wrong), wrong.status
    flash(_("The prices are saved."), "good")
    return redirect(f"/products/{product_id}")


def field_of(key: PriceKey) -> str:
    return f"price.{key[0]}.{key[1]}"


def _prices_sent(brand: Brand) -> dict[PriceKey, int]:
    """Return what was typed in minor units. Raises Invalid naming every field that is wrong."""
    prices: dict[PriceKey, int] = {}
    errors: list[FieldError] = []
    for key in brand.offered():
        field = field_of(key)
        try:
            minor = read_amount(request.form.get(field, ""), key[1], field=field)
        except Invalid as wrong:
            errors += wrong.errors
            continue
        if minor is not None:
            prices[key] = minor
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return prices


def _show(
    product: Product, typed: dict[str, str], wrong: Invalid | ChangedMeanwhile | None = None
) -> str:
    brand = brand_of(product.brand_id)
    return render_template(
        "catalog/staff/product_prices.html",
        product=product,
        name=said(product.names),
        currencies=brand.currencies,
        rows=[
            (term.name, [(cur, field_of((term.id, cur))) for cur in brand.currencies])
            for term in brand.trade_terms
        ],
        typed=typed,
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )
