"""The Buyer App's orders: those of the user's connected buyers, and no offline buyer's (R181)."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from checkout.deps import deps
from checkout.gateways.identity import OwnBuyer, list_own_buyers
from checkout.store.models import Order, Payment
from checkout.store.orders import OrderNotFound, get_buyers_order, list_buyers_orders
from checkout.store.payments import find_payment
from checkout.web.again import again_visit, put_again, show_again
from checkout.web.confirmation.pdf import confirmation_response
from checkout.web.order_view import order_view
from checkout.web.payment_view import paid_words
from checkout.web.pictures import pictures_of
from common.web.auth import current_user

bp = Blueprint("user_orders", __name__, url_prefix="/app/orders")


@bp.get("")
def list_user_orders() -> str:
    """List the newest orders of the user's buyers, or of the one that `buyer` names."""
    own = _buyers()
    chosen = request.args.get("buyer", type=UUID)
    buyers = [buyer for buyer in own if chosen in (None, buyer.buyer_id)]
    orders: list[Order] = []
    for maker_id, buyer_ids in _by_maker(buyers):
        with deps().database.transaction(maker_id) as session:
            orders += list_buyers_orders(session, buyer_ids=buyer_ids)
    orders.sort(key=lambda order: order.id, reverse=True)
    brands = {buyer.buyer_id: buyer.brand_name for buyer in buyers}
    return render_template(
        "checkout/user_orders.html",
        orders=orders,
        brands=brands,
        chosen=chosen,
    )


@bp.get("/<uuid:order_id>")
def show_user_order(order_id: UUID) -> str:
    order, payment = _own_order(order_id)
    view = order_view(order)
    return render_template(
        "checkout/user_order.html",
        view=view,
        order=order,
        quote=view.quote,
        pictures=pictures_of(view.quote.lines, brand_id=order.brand_id),
        payment=paid_words(order.payment_method, payment),
    )


@bp.get("/<uuid:order_id>/confirmation.pdf")
def show_confirmation(order_id: UUID) -> Response:
    return confirmation_response(_own_order(order_id)[0])


@bp.get("/<uuid:order_id>/again")
def show_order_again(order_id: UUID) -> str:
    """Show what of the order can be had now, and what cannot any more."""
    order, _payment = _own_order(order_id)
    back = (order.order_number, f"/app/orders/{order.id}")
    return show_again(again_visit(order), order, back=back)


@bp.post("/<uuid:order_id>/again")
def put_order_again(order_id: UUID) -> BaseResponse:
    order, _payment = _own_order(order_id)
    return put_again(again_visit(order), order)


def _own_order(order_id: UUID) -> tuple[Order, Payment | None]:
    """Return an order of one of the user's buyers. Raises OrderNotFound."""
    for maker_id, buyer_ids in _by_maker(_buyers()):
        with deps().database.transaction(maker_id) as session:
            try:
                order = get_buyers_order(session, order_id, buyer_ids=buyer_ids)
                return order, find_payment(session, order.checkout_attempt_id)
            except OrderNotFound:
                continue
    raise OrderNotFound("There is no such order.")


def _buyers() -> Sequence[OwnBuyer]:
    user = current_user()
    if user.user_id is None:
        return ()
    return list_own_buyers(deps().peers, user.user_id)


def _by_maker(buyers: Sequence[OwnBuyer]) -> list[tuple[UUID, list[UUID]]]:
    """Return the buyers' ids under each maker, whose rows are walled off from each other."""
    ordered = sorted(buyers, key=lambda buyer: buyer.maker_id)
    grouped = groupby(ordered, key=lambda buyer: buyer.maker_id)
    return [(maker_id, [buyer.buyer_id for buyer in group]) for maker_id, group in grouped]
