"""The confirm request: once taken, one set of orders, whatever repeats or breaks (K15, D21)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.domain.address import Address, read_address
from checkout.domain.attempt import AttemptInFlight, CartIsEmpty, OtherContent
from checkout.domain.breakdown import quote_of_json
from checkout.domain.confirmed import Actor, Confirmed
from checkout.domain.differences import differences
from checkout.domain.payment import STRIPE
from checkout.store.attempts import begin_attempt, find_attempt, give_up_attempt
from checkout.store.models import CheckoutAttempt
from checkout.store.quotes import find_breakdown
from checkout.usecases.place_orders import place_at_once
from checkout.web.attempt_tokens import Attempt
from checkout.web.card_paying import begin_card, paid_meanwhile
from checkout.web.checkout_form import CheckoutForm
from checkout.web.checkout_page import Shown, judge
from common.errors import FieldError, Invalid, Refusal
from common.web.buyer import Visit

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Placed:
    """The orders are there; `location` is the receipt. Repeats get the same."""

    location: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was ordered: show the page again with what is wrong or different."""

    shown: Shown
    errors: tuple[FieldError, ...]
    status: int


def place(visit: Visit, form: CheckoutForm, attempt: Attempt, *, now: datetime) -> Placed | Refused:
    """Place the orders, or say why not. `now` is when the request arrived: `submitted_at`.

    By card the answer is the payment page. Raises OtherContent, AttemptInFlight, CartIsEmpty,
    CartChanged, CardNotOffered, ViewOnly, Unavailable.
    """
    paid = paid_meanwhile(visit, cart_id=attempt.cart_id, but=attempt.id)
    if paid is not None:
        return Placed(paid)
    fencing = _begin(visit, form, attempt)
    if fencing is None:
        return Placed(_answer_of_the_other(visit, form, attempt))
    with _given_up_on_refusal(visit, attempt, fencing):
        shown = judge(visit, form, fresh=True)
        wrong = _what_is_wrong(visit, form, attempt, shown)
        if wrong is None:
            confirmed = _confirmed(visit, form, attempt, shown, now=now)
            return Placed(_end(visit, confirmed, fencing=fencing))
    with deps().database.transaction(visit.maker_id) as session:
        give_up_attempt(session, attempt.id, fencing=fencing)
    return wrong


def _end(visit: Visit, confirmed: Confirmed, *, fencing: int) -> str:
    """Place now, or by card make the payment page; return where the answer leads."""
    if confirmed.payment_method == STRIPE:
        return begin_card(visit, confirmed, fencing=fencing)
    location = f"/checkout/{visit.token}/receipts/{confirmed.attempt_id}"
    with deps().database.transaction(visit.maker_id) as session:
        place_at_once(session, confirmed, fencing=fencing, location=location, now=deps().now())
    return location


def _begin(visit: Visit, form: CheckoutForm, attempt: Attempt) -> int | None:
    row = CheckoutAttempt(
        id=attempt.id,
        maker_id=visit.maker_id,
        brand_id=visit.brand_id,
        buyer_id=visit.buyer_id,
        link_id=visit.link_id,
        session_id=attempt.session_id,
        cart_id=attempt.cart_id,
        cart_version=attempt.cart_version,
        quote_hash=attempt.quote_hash,
        content_hash=form.content_hash,
    )
    with deps().database.transaction(visit.maker_id) as session:
        return begin_attempt(session, row)


def _answer_of_the_other(visit: Visit, form: CheckoutForm, attempt: Attempt) -> str:
    """Wait for whoever is at it, without holding a connection; return its answer's address."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with deps().database.transaction(visit.maker_id) as session:
            other = find_attempt(session, attempt.id)
        if other is not None and other.content_hash != form.content_hash:
            raise OtherContent(_("This order was sent before with another content."))
        if other is not None and other.answer is not None:
            return str(other.answer["location"])
        if other is None or time.monotonic() > deadline:
            raise AttemptInFlight(_("This order is being placed already."), retry_after=2)
        time.sleep(PAUSE_SECONDS)


@contextmanager
def _given_up_on_refusal(visit: Visit, attempt: Attempt, fencing: int) -> Iterator[None]:
    """Free the key when nothing was ordered; after a lost commit it stays, for it may have been."""
    try:
        yield
    except Refusal:
        with deps().database.transaction(visit.maker_id) as session:
            give_up_attempt(session, attempt.id, fencing=fencing)
        raise


def _what_is_wrong(
    visit: Visit, form: CheckoutForm, attempt: Attempt, shown: Shown
) -> Refused | None:
    judgement = shown.judgement
    if not shown.answers.priced:
        raise CartIsEmpty(_("The cart is empty."))
    if judgement.quote is None:
        return Refused(shown, (), 409)
    errors = _field_errors(form, shown)
    if errors:
        return Refused(shown, errors, 422)
    if attempt.needs_agreement and not form.has_agreed:
        return Refused(shown, (FieldError("agreed", "required", "Please agree."),), 422)
    if judgement.hash == attempt.quote_hash:
        return None
    with deps().database.transaction(visit.maker_id) as session:
        seen = find_breakdown(session, cart_id=attempt.cart_id, hash=attempt.quote_hash)
    is_same = seen is not None and not differences(quote_of_json(seen), judgement.quote)
    return None if is_same else Refused(shown, (), 409)


def _field_errors(form: CheckoutForm, shown: Shown) -> tuple[FieldError, ...]:
    errors: list[FieldError] = []
    try:
        form.check()
    except Invalid as wrong:
        errors += wrong.errors
    try:
        _address(form, shown)
    except Invalid as wrong:
        errors += wrong.errors
    if form.payment_method not in shown.judgement.methods:
        errors.append(FieldError("payment_method", "not_offered", "Choose how to pay."))
    elif form.payment_method == STRIPE and not shown.judgement.is_chargeable:
        errors.append(FieldError("payment_method", "not_chargeable", "Not by card."))
    return tuple(errors)


def _address(form: CheckoutForm, shown: Shown) -> Address | None:
    """Return the address if one is asked for; under Hide what was sent is not even read (R107)."""
    return read_address(form.address) if shown.judgement.need.is_shown else None


def _confirmed(
    visit: Visit,
    form: CheckoutForm,
    attempt: Attempt,
    shown: Shown,
    *,
    now: datetime,
) -> Confirmed:
    claims, quote = visit.claims, shown.judgement.quote
    if quote is None:
        raise CartIsEmpty(_("There is nothing to order."))
    return Confirmed(
        attempt_id=attempt.id,
        cart_version=shown.cart_version,
        link=shown.answers.link,
        buyer=shown.answers.buyer,
        brand=shown.answers.brand,
        actor=Actor(
            session_id=claims.session_id,
            method=claims.method or "",
            operator=claims.operator,
            user_id=claims.user_id,
        ),
        quote=quote,
        address=_address(form, shown),
        payment_method=form.payment_method,
        comment=form.comment or None,
        po_number=form.po_number or None,
        submitted_at=now,
    )
