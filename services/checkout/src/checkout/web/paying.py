"""A payment's own page: it looks and never acts; its script or button POSTs to check (K16)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.flows.work_payment import work_payment
from checkout.store.models import Payment
from checkout.store.payments import PaymentNotFound, find_place, get_payment
from checkout.usecases.fulfil import receipt_of
from checkout.web.visits import payer_of
from checkout.web.words import refund_words
from common.places import way
from common.web.problems import wants_problem
from common.web.security import allow_form_target

bp = Blueprint("paying", __name__, url_prefix="/checkout/<token>")
GOING_ON = ("opening", "open", "refunding")


@dataclass(frozen=True, slots=True)
class OwnPayment:
    """A payment of this browser, with what was confirmed."""

    payment: Payment
    confirmed: Confirmed
    buyer_name: str

    @property
    def token(self) -> str:
        return self.confirmed.link.token

    @property
    def page_url(self) -> str | None:
        """Where to pay, while it may still be paid."""
        is_open = self.payment.state == "open" and self.payment.closing_reason is None
        return self.payment.page_url if is_open else None

    @property
    def here(self) -> str:
        return f"{way('checkout', self.token)}/payments/{self.payment.id}"

    @property
    def next_url(self) -> str:
        """Where a payment in this state is dealt with: its orders, or its own page."""
        is_placed = self.payment.state == "placed"
        return receipt_of(self.payment, token=self.token) if is_placed else self.here


@bp.get("/payments/<uuid:payment_id>/page")
def show_payment_page(token: str, payment_id: UUID) -> Response:
    """Lead to Stripe while the page is open there, else to what became of it."""
    own = _own(token, payment_id)
    return redirect(own.page_url or own.next_url)


@bp.get("/payments/<uuid:payment_id>")
def show_payment(token: str, payment_id: UUID) -> str | Response:
    own = _own(token, payment_id)
    if own.payment.state == "placed":
        return redirect(own.next_url)
    allow_form_target(deps().settings.stripe_page_origin)
    return render_template(
        "checkout/paying/show.html",
        token=token,
        shop=_shop(own),
        payment=own.payment,
        quote=own.confirmed.quote,
        is_going_on=own.payment.state in GOING_ON,
        can_be_paid=own.page_url is not None,
        why=refund_words(own.payment.closing_reason),
        zone=own.confirmed.brand.time_zone,
    )


@bp.post("/payments/<uuid:payment_id>/check")
def check_payment(token: str, payment_id: UUID) -> Response:
    """Ask Stripe and do what follows; programs get the state, browsers the page."""
    own = _own(token, payment_id)
    was = own.payment.state
    if was in GOING_ON:
        work_payment(deps(), maker_id=own.payment.maker_id, payment_id=payment_id)
        own = _own(token, payment_id)
    leads_to_page = was == "opening" and own.page_url is not None
    url = f"{own.here}/page" if leads_to_page else own.next_url
    if wants_problem():
        return jsonify(state=own.payment.state, url=url)
    return redirect(url, code=303)


def _own(token: str, payment_id: UUID) -> OwnPayment:
    """Return this browser's payment, also when its link is void or gone. Raises PaymentNotFound."""
    with deps().database.transaction() as session:
        place = find_place(session, payment_id)
    if place is None:
        raise PaymentNotFound("There is no such payment in this session.")
    with deps().database.transaction(place.maker_id) as session:
        payment = get_payment(session, payment_id)
    confirmed = thawed(Confirmed, payment.confirmed)
    if confirmed.link.token != token:
        raise PaymentNotFound("There is no such payment in this session.")
    claims = payer_of(token, place.link_id)
    if payment.session_id != claims.session_id:
        raise PaymentNotFound("There is no such payment in this session.")
    return OwnPayment(payment, confirmed, claims.display_name or payment.buyer_name)


def _shop(own: OwnPayment) -> dict[str, Any]:
    """Return the frame's words out of what was frozen: the link may be gone."""
    return {
        "brand_name": own.confirmed.brand.name,
        "home_url": way("shop", own.token),
        "catalogs": [],
        "buyer_name": own.buyer_name,
    }
