"""One order for staff, with its ledger, its address by hand, retries."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.store.ledger import list_entries
from checkout.store.orders import get_order
from checkout.store.payments import find_payment
from checkout.store.slips import list_slips
from checkout.usecases.add_address import add_address
from checkout.usecases.keep_order_note import NoteTooLong, keep_order_note
from checkout.web.address_fields import address_fields, blank_address, typed_address
from checkout.web.confirmation.pdf import confirmation_response
from checkout.web.editing import editor_of
from checkout.web.ledger_view import ledger_rows
from checkout.web.order_view import order_view
from checkout.web.payment_view import paid_words
from checkout.web.pictures import pictures_of
from checkout.web.retrying import retry_elsewhere, retry_here
from checkout.web.words import error_words, method_words, state_words
from common.addresses import IncompleteAddress, read_address
from common.sessions import Claims
from common.web.auth import current_staff, demand_write

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.get("/<uuid:order_id>")
def show_order(order_id: UUID) -> str:
    return _render(current_staff(), order_id, errors={}, typed=None)


@bp.get("/<uuid:order_id>/confirmation.pdf")
def show_confirmation(order_id: UUID) -> Response:
    """Give the confirmation as the buyer has it, in the buyer's language."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        order = get_order(session, order_id, brand_ids=staff.brand_ids)
    return confirmation_response(order)


@bp.post("/<uuid:order_id>/address")
def create_address(order_id: UUID) -> Response | tuple[str, int]:
    """Add or correct the address by hand (R111); a country other than the shown one shows it."""
    staff = current_staff()
    demand_write(staff)
    typed = typed_address(request.form)
    if request.form.get("action") == "country":
        return _render(staff, order_id, errors={}, typed=typed), 200
    try:
        address = read_address(typed)
    except IncompleteAddress as wrong:
        errors = {each.field: error_words(each) for each in wrong.errors}
        return _render(staff, order_id, errors=errors, typed=typed), 422
    with deps().database.transaction(staff.maker_id) as session:
        add_address(session, order_id, address, by=editor_of(staff))
    flash(_("The address is on the order."), "good")
    return redirect(url_for("orders.show_order", order_id=order_id), code=303)


@bp.post("/<uuid:order_id>/note")
def update_note(order_id: UUID) -> Response | tuple[str, int]:
    """Keep the brand's own note, which no buyer sees."""
    staff = current_staff()
    demand_write(staff)
    text = request.form.get("internal_note", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            keep_order_note(session, order_id, text, by=editor_of(staff))
    except NoteTooLong as wrong:
        errors = {each.field: error_words(each) for each in wrong.errors}
        return _render(staff, order_id, errors=errors, typed=None, note=text), 422
    flash(_("The note is saved."), "good")
    return redirect(url_for("orders.show_order", order_id=order_id) + "#note", code=303)


@bp.post("/<uuid:order_id>/ledger/<kind>/<subject>/retry")
def create_retry(order_id: UUID, kind: str, subject: str) -> Response:
    """Try one consequence again; ten presses are one delivery."""
    staff = current_staff()
    demand_write(staff)
    order = retry_here(order_id, kind, staff)
    retry_elsewhere(order, kind, subject, staff)
    flash(_("It will be tried again now."), "good")
    return redirect(url_for("orders.show_order", order_id=order_id) + "#ledger", code=303)


def _render(
    staff: Claims,
    order_id: UUID,
    *,
    errors: dict[str, str],
    typed: dict[str, str] | None,
    note: str | None = None,
) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        order = get_order(session, order_id, brand_ids=staff.brand_ids)
        entries, slips = list_entries(session, order.id), list_slips(session, order.id)
        payment = find_payment(session, order.checkout_attempt_id)
    view = order_view(order)
    address = typed or order.address or blank_address(view.buyer["country"])
    return render_template(
        "checkout/order.html",
        view=view,
        order=order,
        quote=view.quote,
        pictures=pictures_of(view.quote.lines, brand_id=order.brand_id),
        ledger=ledger_rows(entries, slips, payment),
        is_typing=typed is not None,
        note=order.internal_note or "" if note is None else note,
        errors=errors,
        **address_fields(address),
        method=method_words(order.method),
        payment=paid_words(order.payment_method, payment),
        state=state_words(order.state),
    )
