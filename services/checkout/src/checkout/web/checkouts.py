"""The checkout page and the placing of its orders, answered by a redirect to the receipt (PRG)."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.domain.attempt import ViewOnly
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.gateways.identity import read_brand
from checkout.store.models import Order, Payment
from checkout.store.orders import OrderNotFound, list_orders_of_attempt
from checkout.store.payments import find_payment
from checkout.web.again import put_again, show_again
from checkout.web.attempt_tokens import unseal
from checkout.web.checkout_form import first_form, form_again, sent_form, with_saved
from checkout.web.checkout_page import judge, open_payment, render_checkout
from checkout.web.confirmation.pdf import confirmation_response
from checkout.web.looking_only import lead_back_to_the_shop
from checkout.web.order_view import order_view, total_of
from checkout.web.payment_view import paid_words
from checkout.web.pictures import pictures_of
from checkout.web.placing import Placed, place
from checkout.web.preview_page import show_preview
from checkout.web.shop import shop_of
from checkout.web.visits import Reader, reader_of, visit_of
from common.places import way
from common.web.buyer import Visit

bp = Blueprint("checkout", __name__, url_prefix="/checkout/<token>")
bp.register_error_handler(ViewOnly, lead_back_to_the_shop)
COUNT_AGAIN = ("update", "country")


@bp.get("")
def show_checkout(token: str) -> str | Response:
    visit = visit_of(token)
    if visit.preview:
        return show_preview(visit)
    paying, address_id = open_payment(visit), request.args.get("address")
    again = form_again(thawed(Confirmed, paying.confirmed)) if paying else None
    shown = judge(visit, again)
    if not shown.answers.priced:
        return redirect(way("cart", token))
    buyer, methods = shown.answers.buyer, shown.judgement.methods
    if again is None:
        form = first_form(buyer, address_id=address_id, methods=methods)
    else:
        form = with_saved(again, buyer, address_id=address_id) if address_id else again
    if address_id is not None:
        shown = judge(visit, form)
    return render_checkout(visit, shown, form, paying=paying)


@bp.post("")
def create_checkout(token: str) -> tuple[str, int] | Response:
    """Place the orders; `action` and `address_id` only count again, for what was chosen there."""
    arrived_at = deps().now()
    saved = request.form.get("address_id")
    is_update = saved is not None or request.form.get("action") in COUNT_AGAIN
    visit = visit_of(token, fresh=not is_update)
    form = sent_form(request.form)
    if saved is not None:
        form = with_saved(form, judge(visit, form).answers.buyer, address_id=saved)
    if is_update:
        return render_checkout(visit, judge(visit, form), form, paying=open_payment(visit)), 200
    attempt = unseal(form.attempt, session_id=visit.claims.session_id)
    outcome = place(visit, form, attempt, now=arrived_at)
    if isinstance(outcome, Placed):
        return redirect(outcome.location, code=303)
    page = render_checkout(
        visit,
        outcome.shown,
        form,
        paying=open_payment(visit),
        errors=outcome.errors,
        seen_hash=attempt.quote_hash,
    )
    return page, outcome.status


@bp.get("/receipts/<uuid:checkout_id>")
def show_receipt(token: str, checkout_id: UUID) -> str:
    """Show what was ordered, to the session that ordered it, also after the link is over (R160)."""
    reader, orders, payment = _own_receipt(token, checkout_id)
    brand = read_brand(deps().peers, reader.brand_id)
    visit = Visit(token=token, link={"contacts": []}, claims=reader.claims)
    views = [order_view(order) for order in orders]
    return render_template(
        "checkout/receipt.html",
        token=token,
        shop=shop_of(visit, brand, units=0),
        orders=views,
        pictures=pictures_of(
            [line for view in views for line in view.quote.lines], brand_id=reader.brand_id
        ),
        total=total_of(orders),
        payment=paid_words(orders[0].payment_method, payment),
        recipients=orders[0].snapshot["recipients"],
    )


@bp.get("/receipts/<uuid:checkout_id>/<uuid:order_id>.pdf")
def show_confirmation(token: str, checkout_id: UUID, order_id: UUID) -> Response:
    """Give one order's confirmation, to the session that ordered it (R160)."""
    return confirmation_response(_own_order(token, checkout_id, order_id))


@bp.get("/receipts/<uuid:checkout_id>/<uuid:order_id>/again")
def show_order_again(token: str, checkout_id: UUID, order_id: UUID) -> str:
    """Show what of the order can be had now; only while the link still takes orders."""
    order = _own_order(token, checkout_id, order_id)
    back = (_("Receipt"), f"{way('checkout', token)}/receipts/{checkout_id}")
    return show_again(visit_of(token), order, back=back)


@bp.post("/receipts/<uuid:checkout_id>/<uuid:order_id>/again")
def put_order_again(token: str, checkout_id: UUID, order_id: UUID) -> Response:
    order = _own_order(token, checkout_id, order_id)
    return put_again(visit_of(token), order)


def _own_order(token: str, checkout_id: UUID, order_id: UUID) -> Order:
    for order in _own_receipt(token, checkout_id)[1]:
        if order.id == order_id:
            return order
    raise OrderNotFound("There is no such receipt in this session.")


def _own_receipt(token: str, checkout_id: UUID) -> tuple[Reader, Sequence[Order], Payment | None]:
    """Return what that session ordered there. Raises OrderNotFound, and as reader_of does."""
    reader = reader_of(token)
    with deps().database.transaction(reader.maker_id) as session:
        orders = list_orders_of_attempt(session, checkout_id, session_id=reader.claims.session_id)
        payment = find_payment(session, checkout_id)
    if not orders:
        raise OrderNotFound("There is no such receipt in this session.")
    return reader, orders, payment
