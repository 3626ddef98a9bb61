"""What checkout asks of Stripe, through its own gateway: of the twin always, of Stripe itself too
where STRIPE_TEST_KEY (a test key of a platform) and STRIPE_TEST_ACCOUNT (a connected account that
can be paid) are set. Both must give the same answers, or the twin teaches us wrong things.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from stripe import StripeClient

from checkout.domain.card import stripe_amount
from checkout.gateways.stripe.accounts import read_account
from checkout.gateways.stripe.client import (
    StripeFailureKept,
    StripeRefused,
    StripeUnknown,
    make_client,
    on,
)
from checkout.gateways.stripe.pages import PageWish, create_page, expire_page, read_page
from checkout.gateways.stripe.refunds import find_refund, refund_all
from common.money import Money
from twins.clients import StripeControl
from twins.server import Running
from twins.stripe.world import API_KEY, READY

TEST_KEY, TEST_ACCOUNT = (
    os.environ.get(name, "") for name in ("STRIPE_TEST_KEY", "STRIPE_TEST_ACCOUNT")
)
SIDES = ("twin", "stripe") if TEST_KEY and TEST_ACCOUNT else ("twin",)
BACK = "https://orders.example/back"


@dataclass(frozen=True)
class Side:
    """One of the two that must agree."""

    client: StripeClient
    account: str
    pay: Callable[[PageWish], str]
    """Pay as much as the wish asks; return the payment intent."""


@pytest.fixture(params=SIDES)
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    if request.param == "stripe":
        yield stripe_itself(make_client(secret_key=TEST_KEY, api_url="https://api.stripe.com"))
        return
    twins: Running = request.getfixturevalue("twins")
    with StripeControl(twins.stripe) as control:
        control.reset()
        yield twin(make_client(secret_key=API_KEY, api_url=twins.stripe), control)
        control.reset()


def twin(client: StripeClient, control: StripeControl) -> Side:
    def pay(wish: PageWish) -> str:
        page = create_page(client, wish, account_id=READY, key=uuid4().hex)
        control.press(page.session_id, "pay")
        paid = read_page(client, page.session_id, account_id=READY)
        assert paid.is_paid
        return str(paid.payment_intent_id)

    return Side(client, READY, pay)


def stripe_itself(client: StripeClient) -> Side:
    def pay(wish: PageWish) -> str:
        """Stripe's own page wants a person; its test card pays the same amount without one."""
        made = client.v1.payment_intents.create(
            {
                "amount": sum(amount for _, amount in wish.items),
                "currency": wish.currency.lower(),
                "payment_method": "pm_card_visa",
                "confirm": True,
                "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            },
            on(TEST_ACCOUNT),
        )
        return made.id

    return Side(client, TEST_ACCOUNT, pay)


def wish(amount: int = 14264, currency: str = "JPY") -> PageWish:
    return PageWish(
        payment_id=uuid4(),
        items=(("Women", amount),),
        currency=currency,
        success_url=BACK,
        cancel_url=BACK,
        expires_at=datetime.now(UTC) + timedelta(minutes=31),
        language="en",
    )


@pytest.mark.rule("R119")
def test_an_account_tells_what_it_may(side: Side) -> None:
    account = read_account(side.client, side.account)

    assert (account.details_submitted, account.charges_enabled) == (True, True)


@pytest.mark.rule("R119")
def test_nobodys_account_is_refused(side: Side) -> None:
    with pytest.raises(StripeRefused):
        read_account(side.client, "acct_1NobodyHasThisOne000")


@pytest.mark.rule("R124")
@pytest.mark.parametrize(("minor", "currency"), [(14264, "JPY"), (1050, "USD"), (5120, "KWD")])
def test_a_page_asks_for_exactly_the_amount(side: Side, minor: int, currency: str) -> None:
    asked = wish(stripe_amount(Money(minor, currency)), currency)

    page = create_page(side.client, asked, account_id=side.account, key=uuid4().hex)

    assert (page.status, page.is_paid) == ("open", False)
    assert (page.amount, page.currency) == (stripe_amount(Money(minor, currency)), currency)
    assert page.payment_id == str(asked.payment_id)
    assert page.url is not None
    assert read_page(side.client, page.session_id, account_id=side.account) == page


@pytest.mark.rule("R123")
def test_the_same_key_is_the_same_page_and_other_content_is_refused(side: Side) -> None:
    asked, key = wish(), uuid4().hex
    dearer = replace(asked, items=(("Women", 999),))

    first, second = (
        create_page(side.client, asked, account_id=side.account, key=key) for _ in range(2)
    )

    assert first.session_id == second.session_id
    with pytest.raises(StripeFailureKept):
        create_page(side.client, dearer, account_id=side.account, key=key)


@pytest.mark.rule("R122")
def test_a_page_is_closed_once(side: Side) -> None:
    page = create_page(side.client, wish(), account_id=side.account, key=uuid4().hex)

    closed = expire_page(side.client, page.session_id, account_id=side.account)

    assert closed.status == "expired"
    with pytest.raises(StripeRefused):
        expire_page(side.client, page.session_id, account_id=side.account)


def test_an_unknown_page_is_told_from_a_refusal(side: Side) -> None:
    with pytest.raises(StripeUnknown):
        read_page(side.client, "cs_test_nobodyKnowsThis", account_id=side.account)


@pytest.mark.rule("R121")
def test_a_charge_goes_back_once_and_is_found_by_what_we_wrote_on_it(side: Side) -> None:
    asked, key = wish(), uuid4().hex
    intent = side.pay(asked)
    ours = {"payment_id": asked.payment_id, "account_id": side.account}
    assert find_refund(side.client, intent, **ours) is None

    first, again = (refund_all(side.client, intent, key=key, **ours) for _ in range(2))

    assert first == again
    assert find_refund(side.client, intent, **ours) == first
    with pytest.raises(StripeRefused):
        refund_all(side.client, intent, key=uuid4().hex, **ours)
