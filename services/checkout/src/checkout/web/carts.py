"""The cart: a page, and the lines that the shop's grid and the page itself change."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as BaseResponse

from checkout.deps import deps
from checkout.domain.attempt import ViewOnly
from checkout.domain.pricing import PricedCatalog, Wish, obstacles
from checkout.domain.quantity import read_quantity
from checkout.store.carts import find_cart, list_wishes
from checkout.usecases.change_line import CartNow, change_line
from checkout.web.asking import ask_all, orderable_link
from checkout.web.preview_page import show_preview
from checkout.web.refusals import NotInLink, refuse
from checkout.web.schemas import CartLineIn
from checkout.web.shop import shop_of
from common.errors import Malformed, Unavailable
from common.money import Money
from common.web.buyer import Visit, current_visit

LONGEST_QUANTITY = 20
bp = Blueprint("cart", __name__, url_prefix="/cart")


@bp.get("/<token>")
def show_cart(token: str) -> str:
    visit = current_visit(token)
    if visit.preview:
        return show_preview(visit)
    cart = read_cart(visit)
    answers = ask_all(visit, cart.wishes)
    return render_template(
        "checkout/cart.html",
        token=token,
        cart=cart,
        priced=answers.priced,
        obstacles=obstacles(answers.priced),
        goods=goods_of(answers.priced, answers.buyer.terms.currency),
        shop=shop_of(visit, answers.brand, units=cart.units),
    )


@bp.post("/<token>")
def change_cart(token: str) -> BaseResponse:
    """Take the quantities of the page's form, for browsers without scripts."""
    visit = current_visit(token)
    for name, text in request.form.items():
        catalog_id, dot, sku_id = name.removeprefix("quantity.").partition(".")
        if name.startswith("quantity.") and dot:
            line = {"catalog_id": catalog_id, "sku_id": sku_id, "quantity": _whole(text)}
            _change(visit, _wish_of(line))
    flash(_("The cart is saved."), "good")
    return redirect(url_for("cart.show_cart", token=token), code=303)


@bp.get("/<token>/lines")
def list_lines(token: str) -> Response:
    """Answer the lines, and what they cost where catalog can say so now."""
    visit = current_visit(token)
    if visit.preview:
        return jsonify(version=0, lines=[], units=0, amounts=[])
    cart = read_cart(visit)
    lines = [
        {"catalog_id": str(w.catalog_id), "sku_id": str(w.sku_id), "quantity": w.quantity}
        for w in cart.wishes
    ]
    amounts = _amounts(visit, cart)
    return jsonify(version=cart.version, lines=lines, units=cart.units, amounts=amounts)


@bp.put("/<token>/lines")
def put_line(token: str) -> Response:
    """Set one line's quantity; the last writer of a cell wins, the version only counts up."""
    visit = current_visit(token)
    try:
        body = request.get_json()
    except BadRequest as wrong:
        raise Malformed("The body is no JSON.") from wrong
    wish = _wish_of(body)
    cart, amounts = _change(visit, wish)
    return jsonify(version=cart.version, quantity=wish.quantity, units=cart.units, amounts=amounts)


def read_cart(visit: Visit) -> CartNow:
    """Return the buyer's cart on this link; an untouched one is empty at version 0."""
    with deps().database.transaction(visit.maker_id) as session:
        cart = find_cart(session, buyer_id=visit.buyer_id, link_id=visit.link_id)
        if cart is None:
            return CartNow(version=0, wishes=())
        return CartNow(version=cart.version, wishes=list_wishes(session, cart.id))


def goods_of(priced: Iterable[PricedCatalog], currency: str) -> Money:
    """Return the sum of all goods without tax."""
    return Money.total((catalog.goods for catalog in priced), currency)


def _amounts(visit: Visit, cart: CartNow) -> list[dict[str, int | str]]:
    """Return the goods' sum; without lines or without an answer the grid lives without it."""
    if not cart.wishes:
        return []
    try:
        answers = ask_all(visit, cart.wishes)
    except (Unavailable, ViewOnly):
        return []
    return [goods_of(answers.priced, answers.buyer.terms.currency).as_json()]


def _change(visit: Visit, wish: Wish) -> tuple[CartNow, list[dict[str, int | str]]]:
    """Check the line against answers up to 2 s old, then write it; return the cart and its sum.

    All lines are asked, so that the answer can say what the cart costs with this one in it. Where
    another cell was saved meanwhile, the cart is another one and its sum is asked once more.
    """
    link = orderable_link(visit)
    if wish.catalog_id not in link.catalog_ids:
        raise NotInLink(_("This catalog does not belong to the link."))
    others = [w for w in read_cart(visit).wishes if _cell(w) != _cell(wish)]
    asked = [*others, wish] if wish.quantity else others
    answers = ask_all(visit, asked)
    if wish.quantity:
        refuse(wish, answers.priced)
    with deps().database.transaction(visit.maker_id) as session:
        cart = change_line(
            session,
            wish,
            maker_id=visit.maker_id,
            brand_id=visit.brand_id,
            buyer_id=visit.buyer_id,
            link_id=visit.link_id,
        )
    if set(cart.wishes) != set(asked):
        return cart, _amounts(visit, cart)
    return cart, [goods_of(answers.priced, answers.buyer.terms.currency).as_json()]


def _cell(wish: Wish) -> tuple[UUID, UUID]:
    return wish.catalog_id, wish.sku_id


def _wish_of(sent: Any) -> Wish:
    """Return the line that was sent. Raises ValidationError, NotAQuantity."""
    line = CartLineIn().load(sent)
    return Wish(
        catalog_id=line["catalog_id"],
        sku_id=line["sku_id"],
        quantity=read_quantity(line["quantity"]),
    )


def _whole(text: str) -> int | None:
    """Return the number typed, None for none; int() itself fails on thousands of digits."""
    plain = text.strip()
    if not plain:
        return 0
    return int(plain) if plain.isdecimal() and len(plain) <= LONGEST_QUANTITY else None
