"""The cart: a page, and the lines that the shop's grid and the page itself change."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as BaseResponse

from checkout.deps import deps
from checkout.domain.attempt import ViewOnly
from checkout.domain.pricing import PricedCatalog, Wish, obstacles
from checkout.gateways.identity import read_brand
from checkout.usecases.change_line import CartNow, change_line, read_cart
from checkout.web.asking import ask_all, ask_prices, orderable_link, today_of
from checkout.web.cart_form import CartForm, LineChange, read_cart_form, read_change
from checkout.web.looking_only import lead_back_to_the_shop
from checkout.web.pictures import ask_pictures
from checkout.web.preview_page import show_preview
from checkout.web.refusals import NotInLink, refuse
from checkout.web.shop import shop_of
from checkout.web.visits import visit_of
from checkout.web.words import in_words
from common.errors import Invalid, Malformed, Unavailable
from common.money import Money
from common.places import way
from common.web.buyer import Visit

bp = Blueprint("cart", __name__, url_prefix="/cart/<token>")
bp.register_error_handler(ViewOnly, lead_back_to_the_shop)


@bp.get("")
def show_cart(token: str) -> str:
    visit = visit_of(token)
    if visit.preview:
        return show_preview(visit)
    return _render(visit, _cart_of(visit), CartForm())


@bp.post("")
def change_cart(token: str) -> BaseResponse | tuple[str, int]:
    """Take the page's form, for browsers without scripts; a wrong field keeps all from saving."""
    visit = visit_of(token)
    cart = _cart_of(visit)
    form = read_cart_form(request.form, cart, today=lambda: _today(visit))
    if form.errors:
        return _render(visit, cart, form), 422
    for change in form.changes:
        cart = _change(visit, change, cart)[0]
    flash(_("The cart is saved."), "good")
    return redirect(way("cart", token), code=303)


@bp.get("/lines")
def list_lines(token: str) -> Response:
    """Answer the lines, and what they cost where catalog can say so now."""
    visit = visit_of(token)
    if visit.preview:
        return jsonify(version=0, lines=[], units=0, amounts=[])
    cart = _cart_of(visit)
    lines = [_as_json(wish) for wish in cart.wishes]
    amounts = _amounts(visit, cart)
    return jsonify(version=cart.version, lines=lines, units=cart.units, amounts=amounts)


@bp.put("/lines")
def put_line(token: str) -> Response:
    """Set one line's quantity; the last writer of a cell wins, the version only counts up."""
    visit = visit_of(token)
    try:
        body = request.get_json()
    except BadRequest as wrong:
        raise Malformed("The body is no JSON.") from wrong
    cart = _cart_of(visit)
    try:
        change = read_change(body, cart, today=lambda: _today(visit))
    except Invalid as wrong:
        raise in_words(wrong) from wrong
    cart, amounts = _change(visit, change, cart)
    return jsonify(
        version=cart.version, quantity=change.wish.quantity, units=cart.units, amounts=amounts
    )


def _cart_of(visit: Visit) -> CartNow:
    with deps().database.transaction(visit.maker_id) as session:
        return read_cart(
            session,
            catalog_id=visit.single_catalog_id,
            buyer_id=visit.buyer_id,
            link_id=visit.link_id,
        )


def goods_of(priced: Iterable[PricedCatalog], currency: str) -> Money:
    """Return the sum of all goods without tax."""
    return Money.total((catalog.goods for catalog in priced), currency)


def _amounts(visit: Visit, cart: CartNow) -> list[dict[str, int | str]]:
    """Return the goods' sum; without lines or without an answer the grid lives without it."""
    if not cart.wishes:
        return []
    try:
        priced, currency = ask_prices(visit, cart.wishes)
    except (Unavailable, ViewOnly):
        return []
    return [goods_of(priced, currency).as_json()]


def _change(
    visit: Visit, change: LineChange, known: CartNow
) -> tuple[CartNow, list[dict[str, int | str]]]:
    """Check the line against answers up to 2 s old, then write it; return the cart and its sum.

    All lines are asked, so that the answer can say what the cart costs with this one in it. Where
    another cell was saved meanwhile, the cart is another one and its sum is asked once more.
    """
    link, wish = orderable_link(visit), change.wish
    if wish.catalog_id not in link.catalog_ids:
        raise NotInLink(_("This catalog does not belong to the link."))
    asked = known.with_line(wish)
    priced, currency = ask_prices(visit, asked)
    if wish.quantity:
        refuse(wish, priced)
    with deps().database.transaction(visit.maker_id) as session:
        cart = change_line(
            session,
            wish,
            catalog_id=visit.single_catalog_id,
            maker_id=visit.maker_id,
            brand_id=visit.brand_id,
            buyer_id=visit.buyer_id,
            link_id=visit.link_id,
            given=change.given,
            known=known,
        )
    if cart.wishes != asked:
        return cart, _amounts(visit, cart)
    return cart, [goods_of(priced, currency).as_json()]


def _as_json(wish: Wish) -> dict[str, str | int | None]:
    return {
        "catalog_id": str(wish.catalog_id),
        "sku_id": str(wish.sku_id),
        "quantity": wish.quantity,
        "desired_on": wish.desired_on.isoformat() if wish.desired_on else None,
        "note": wish.note,
    }


def _today(visit: Visit) -> date:
    return today_of(read_brand(deps().peers, visit.brand_id))


def _render(visit: Visit, cart: CartNow, form: CartForm) -> str:
    skus = [wish.sku_id for wish in cart.wishes]
    pictures = ask_pictures(skus, brand_id=visit.brand_id)
    answers = ask_all(visit, cart.wishes)
    return render_template(
        "checkout/cart.html",
        token=visit.token,
        cart=cart,
        pictures=pictures(),
        form=form,
        priced=answers.priced,
        obstacles=obstacles(answers.priced),
        goods=goods_of(answers.priced, answers.buyer.terms.currency),
        today=today_of(answers.brand).isoformat(),
        shop=shop_of(visit, answers.brand, units=cart.units),
    )
