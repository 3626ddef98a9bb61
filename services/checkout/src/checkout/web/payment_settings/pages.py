"""Payments: how each brand is paid, what card payment still needs, and what was paid."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.store.brands import card_settings
from checkout.store.models import Payment
from checkout.store.payments import list_payments
from checkout.usecases.keep_card_settings import (
    disconnect_account,
    set_add_on,
    set_commerce_page,
)
from checkout.web.brand_parts import of_each_brand
from checkout.web.editing import editor_for
from checkout.web.payment_settings.connecting import connect, look_again
from checkout.web.payment_view import payment_rows
from checkout.web.words import error_words
from common.errors import Invalid
from common.sessions import Claims
from common.web.auth import current_staff, staff_for

bp = Blueprint("payments", __name__, url_prefix="/payments")
HERE = "payments.show_payments"


@bp.get("")
def show_payments() -> str:
    return _page()


@bp.post("/<uuid:brand_id>/account")
def create_account(brand_id: UUID) -> Response | tuple[str, int]:
    """Connect the typed Stripe account, as Stripe describes it now (R119)."""
    by = editor_for(brand_id)
    typed = {"account_id": request.form.get("account_id", "")}
    try:
        connect(typed["account_id"], brand_id=brand_id, maker_id=_maker(), by=by)
    except Invalid as wrong:
        return _page(brand_id, typed, wrong), wrong.status
    return _done(brand_id, _("The Stripe account is connected."))


@bp.post("/<uuid:brand_id>/account/look")
def create_look(brand_id: UUID) -> Response:
    staff_for(brand_id, write=True)
    look_again(brand_id=brand_id, maker_id=_maker())
    return _done(brand_id, _("This is how the account stands at Stripe now."))


@bp.post("/<uuid:brand_id>/account/disconnect")
def delete_account(brand_id: UUID) -> Response:
    by = editor_for(brand_id)
    with deps().database.transaction(_maker()) as session:
        disconnect_account(session, brand_id=brand_id, maker_id=_maker(), by=by)
    return _done(brand_id, _("The Stripe account is no longer used for new payments."))


@bp.post("/<uuid:brand_id>/commerce-page")
def update_commerce_page(brand_id: UUID) -> Response | tuple[str, int]:
    by = editor_for(brand_id)
    typed = {"commerce_page_url": request.form.get("commerce_page_url", "")}
    try:
        with deps().database.transaction(_maker()) as session:
            set_commerce_page(
                session, typed["commerce_page_url"], brand_id=brand_id, maker_id=_maker(), by=by
            )
    except Invalid as wrong:
        return _page(brand_id, typed, wrong), wrong.status
    return _done(brand_id, _("The address of the page is saved."))


@bp.post("/<uuid:brand_id>/add-on")
def update_add_on(brand_id: UUID) -> Response:
    """Switch the add-on; links that name Stripe follow at once (R113, R114, R121)."""
    by = editor_for(brand_id)
    is_active = request.form.get("active") == "yes"
    with deps().database.transaction(_maker()) as session:
        set_add_on(session, is_active=is_active, brand_id=brand_id, maker_id=_maker(), by=by)
    words = _("The add-on is active.") if is_active else _("The add-on is no longer active.")
    return _done(brand_id, words)


def _page(
    brand_id: UUID | None = None,
    typed: dict[str, str] | None = None,
    wrong: Invalid | None = None,
) -> str:
    parts = of_each_brand(lambda session, brand: card_settings(session, brand_id=brand))
    return render_template(
        "checkout/payments/index.html",
        parts=parts,
        payments=payment_rows(_payments(current_staff())),
        wrong_brand=brand_id,
        typed=typed or {},
        errors={each.field: error_words(each) for each in wrong.errors} if wrong else {},
        can_use_stripe=bool(deps().settings.stripe_secret_key),
    )


def _payments(staff: Claims) -> Sequence[Payment]:
    with deps().database.transaction(staff.maker_id) as session:
        return list_payments(session, brand_ids=staff.brand_ids)


def _done(brand_id: UUID, words: str) -> Response:
    flash(words, "good")
    return redirect(url_for(HERE) + f"#brand-{brand_id}", code=303)


def _maker() -> UUID:
    """Return the maker of who asks; staff always has one."""
    maker_id = current_staff().maker_id
    assert maker_id is not None  # noqa: S101 - current_staff refuses everybody else.
    return maker_id
