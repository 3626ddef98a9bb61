"""The confirm request: once taken, one set of orders, whatever repeats or breaks (K15, D21)."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import DataError

from checkout.deps import deps
from checkout.domain.attempt import AttemptInFlight, CartIsEmpty, OtherContent
from checkout.domain.confirmed import Actor, Confirmed
from checkout.domain.payment import STRIPE
from checkout.store.attempts import asking_begin, fence_of, find_attempt, give_up_attempt
from checkout.store.models import CheckoutAttempt, Payment
from checkout.store.payments import list_open_of_cart
from checkout.usecases.place_orders import place_at_once
from checkout.usecases.read_stored import Stored, asking_stored, stored_of
from checkout.web.asking import ask_customer
from checkout.web.attempt_tokens import Attempt
from checkout.web.card_paying import begin_card, paid_meanwhile
from checkout.web.checkout_form import CheckoutForm
from checkout.web.checkout_page import Shown, judge_stored, whose
from checkout.web.order_notes import order_notes
from checkout.web.placing_checks import Refused, address_of, what_is_wrong
from checkout.web.placing_counts import counted
from common.errors import Refusal
from common.places import way
from common.together import ask_together
from common.web.buyer import Visit

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Placed:
    """The orders are there; `location` is the receipt. Repeats get the same."""

    location: str
    how: str = "placed"
    """For the counts: placed, payment_page, paid_before or absorbed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The fence and what is stored; both None while pages are open, or somebody else is at it."""

    open_pages: list[Payment]
    fencing: int | None
    stored: Stored | None


@counted
def place(visit: Visit, form: CheckoutForm, attempt: Attempt, *, now: datetime) -> Placed | Refused:
    """Place the orders, or say why not. `now` is when the request arrived: `submitted_at`.

    By card the answer is the payment page. Raises OtherContent, AttemptInFlight, CartIsEmpty,
    CartChanged, CardNotOffered, ViewOnly, Unavailable.
    """
    customer = ask_customer(visit)
    begun = _begin(visit, form, attempt)
    if begun.open_pages:
        paid = paid_meanwhile(visit, begun.open_pages)
        if paid is not None:
            return Placed(paid, "paid_before")
        customer = ask_customer(visit)  # Anew: looking at the pages may have taken long.
        begun = _begin(visit, form, attempt, beside=begun.open_pages)
    fencing, stored = begun.fencing, begun.stored
    if fencing is None or stored is None:
        return Placed(_answer_of_the_other(visit, form, attempt), "absorbed")
    with _given_up_on_refusal(visit, attempt, fencing):
        shown = judge_stored(visit, form, stored, fresh=True, customer=customer)
        wrong = what_is_wrong(visit, form, attempt, shown)
        if wrong is None:
            confirmed = _confirmed(visit, form, attempt, shown, now=now)
            return _end(visit, confirmed, fencing=fencing)
    with deps().database.transaction(visit.maker_id) as session:
        give_up_attempt(session, attempt.id, fencing=fencing)
    return wrong


def _end(visit: Visit, confirmed: Confirmed, *, fencing: int) -> Placed:
    """Place now, or by card make the payment page."""
    if confirmed.payment_method == STRIPE:
        return Placed(begin_card(visit, confirmed, fencing=fencing), "payment_page")
    location = f"{way('checkout', visit.token)}/receipts/{confirmed.attempt_id}"
    with deps().database.transaction(visit.maker_id, writes_last=True) as session:
        place_at_once(session, confirmed, fencing=fencing, location=location, now=deps().now())
    return Placed(location)


def _begin(
    visit: Visit, form: CheckoutForm, attempt: Attempt, *, beside: Collection[Payment] = ()
) -> Begun:
    """Take the attempt, unless payment pages of its cart are open that nobody looked at yet.

    The round trip that takes it also reads what will be judged. It keeps others off while this
    request lives, which PostgreSQL's fall would end as well: so its commit need not reach the disk.
    """
    looked_at = {attempt.id, *(page.id for page in beside)}
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
    with deps().database.transaction(visit.maker_id, may_be_lost=True) as session:
        begun, *stored = ask_together(
            session,
            asking_begin(row, looked_at=looked_at),
            *asking_stored(**whose(visit)),
            commits=True,
        )
    fencing = fence_of(begun)
    if fencing is not None:
        return Begun([], fencing, stored_of(*stored))
    with deps().database.transaction(visit.maker_id) as session:
        pages = list_open_of_cart(session, attempt.cart_id)
    return Begun([page for page in pages if page.id not in looked_at], None, None)


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
    """Free the key when nothing was ordered; after a lost commit it stays, for it may have been.

    DataError: the text has what PostgreSQL does not hold (NUL), which is known before any commit.
    """
    try:
        yield
    except (Refusal, DataError):
        with deps().database.transaction(visit.maker_id) as session:
            give_up_attempt(session, attempt.id, fencing=fencing)
        raise


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
        address=address_of(form, shown),
        payment_method=form.payment_method,
        submitted_at=now,
        notes=order_notes(form.notes, shown.judgement),
    )
