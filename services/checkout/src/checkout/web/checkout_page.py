"""The checkout page, put together from a judgement: what it shows is what it will place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request

from checkout.deps import deps
from checkout.domain.breakdown import quote_of_json
from checkout.domain.differences import Difference, differences, is_dearer
from checkout.domain.judgement import Judgement
from checkout.domain.terms import LinkTerms
from checkout.store.carts import lock_cart
from checkout.store.models import Payment
from checkout.store.payments import find_open_page
from checkout.store.quotes import find_breakdown, keep_quote
from checkout.usecases.judge_checkout import judge_checkout
from checkout.usecases.read_stored import Stored, read_stored
from checkout.web.address_fields import address_fields, chosen_address
from checkout.web.asking import Answers, AskedCustomer, ask_all, orderable_link
from checkout.web.attempt_tokens import Attempt, seal
from checkout.web.checkout_form import CheckoutForm, first_form
from checkout.web.pictures import ask_pictures
from checkout.web.shop import shop_of
from checkout.web.words import error_words
from common.errors import FieldError
from common.ids import new_id
from common.web.buyer import Visit
from common.web.security import allow_form_target


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A judgement and the cart it judged."""

    answers: Answers
    judgement: Judgement
    cart_version: int
    units: int


def judge(visit: Visit, form: CheckoutForm | None) -> Shown:
    """Ask, then judge the cart as it is now. Raises ViewOnly, Unavailable."""
    orderable_link(visit)
    with deps().database.transaction(visit.maker_id) as session:
        stored = read_stored(session, **whose(visit))
    return judge_stored(visit, form, stored)


def whose(visit: Visit) -> dict[str, Any]:
    """Return whose cart it is and what brand's rules, as read_stored is asked."""
    return {
        "catalog_id": visit.single_catalog_id,
        "brand_id": visit.brand_id,
        "buyer_id": visit.buyer_id,
        "link_id": visit.link_id,
    }


def judge_stored(
    visit: Visit,
    form: CheckoutForm | None,
    stored: Stored,
    *,
    fresh: bool = False,
    customer: AskedCustomer | None = None,
) -> Shown:
    """Ask, as ask_all does, then judge what was read. Raises ViewOnly, Unavailable."""
    cart = stored.cart
    answers = ask_all(visit, cart.wishes, fresh=fresh, customer=customer)
    used = form or first_form(answers.buyer, address_id=None, methods=())
    judgement = judge_checkout(
        stored.rules,
        link=answers.link,
        buyer=answers.buyer,
        priced=answers.priced,
        catalog_rows=answers.catalog_rows,
        destination=used.destination,
    )
    return Shown(
        answers=answers,
        judgement=judgement,
        cart_version=cart.version,
        units=cart.units,
    )


def remember(
    visit: Visit, shown: Shown, *, seen_hash: str | None
) -> tuple[UUID, tuple[Difference, ...], bool]:
    """Keep the quote; return the cart's id, what differs from the quote seen before, if dearer."""
    link: LinkTerms = shown.answers.link
    judgement = shown.judgement
    with deps().database.transaction(visit.maker_id) as session:
        cart = lock_cart(
            session,
            catalog_id=link.single_catalog_id,
            maker_id=link.maker_id,
            brand_id=link.brand_id,
            buyer_id=visit.buyer_id,
            link_id=link.link_id,
        )
        before = find_breakdown(session, cart_id=cart.id, hash=seen_hash) if seen_hash else None
        if judgement.quote is None:
            return cart.id, (), False
        keep_quote(
            session,
            maker_id=link.maker_id,
            cart_id=cart.id,
            hash=judgement.hash,
            breakdown=judgement.breakdown,
        )
    if before is None:
        return cart.id, (), False
    seen = quote_of_json(before)
    return cart.id, differences(seen, judgement.quote), is_dearer(seen, judgement.quote)


def render_checkout(
    visit: Visit,
    shown: Shown,
    form: CheckoutForm,
    *,
    paying: Payment | None = None,
    errors: Sequence[FieldError] = (),
    seen_hash: str | None = None,
) -> str:
    """Return the page with a fresh attempt in it, and with what changed since `seen_hash`.

    `paying`: a payment page that is open for the cart.
    """
    answers, judgement = shown.answers, shown.judgement
    orders = judgement.quote.orders if judgement.quote else ()
    skus = [line.sku_id for order in orders for line in order.lines]
    pictures = ask_pictures(skus, brand_id=visit.brand_id)
    cart_id, changed, is_now_dearer = remember(visit, shown, seen_hash=seen_hash)
    allow_form_target(deps().settings.stripe_page_origin)
    attempt = Attempt(
        id=new_id(),
        session_id=visit.claims.session_id,
        cart_id=cart_id,
        cart_version=shown.cart_version,
        quote_hash=judgement.hash,
        needs_agreement=is_now_dearer,
    )
    return render_template(
        "checkout/checkout.html",
        token=visit.token,
        shop=shop_of(visit, answers.brand, units=shown.units),
        form=form,
        judgement=judgement,
        quote=judgement.quote,
        pictures=pictures(),
        saved=answers.buyer.addresses,
        chosen=chosen_address(answers.buyer.addresses, form.address),
        buyer=answers.buyer,
        **address_fields(form.address),
        errors={each.field: error_words(each) for each in errors},
        changed=changed,
        needs_agreement=is_now_dearer,
        attempt=seal(attempt),
        has_left_payment=request.args.get("payment") == "left",
        open_payment=paying,
    )


def open_payment(visit: Visit) -> Payment | None:
    """Return this browser's payment page for the cart, while it may still be paid."""
    with deps().database.transaction(visit.maker_id) as session:
        return find_open_page(
            session,
            session_id=visit.claims.session_id,
            buyer_id=visit.buyer_id,
            link_id=visit.link_id,
            catalog_id=visit.single_catalog_id,
        )
