"""Which ways to pay a checkout offers, and the staff's settings that decide it (R113 to R121)."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from checkout.deps import Deps
from common.service_tokens import TokenMaker
from common.testing import PeerServer, make_keys
from twins.stripe.world import NEW, NO_PAYOUTS, READY

from ..conftest import AOYAMA, TOKEN, Shopper, World, sku, staff_client
from .conftest import Till, take_cards

ORDERING = "/internal/v1/ordering/read"
PAGE = "https://nord.example/tokushoho"


@pytest.fixture
def here(world: World) -> str:
    return f"/payments/{world.brand_id}"


def get_ready(staff: FlaskClient, here: str, account: str = READY) -> None:
    """Do as a brand would: connect, publish, activate."""
    for path, form in (
        ("account", {"account_id": account}),
        ("commerce-page", {"commerce_page_url": PAGE}),
        ("add-on", {"active": "yes"}),
    ):
        reply = staff.post(f"{here}/{path}", data=form)
        assert reply.status_code == 303, reply.text[:2000]


def offered(shopper: Shopper, world: World) -> tuple[bool, bool]:
    """Return whether the checkout has a payment step, and whether it offers the card."""
    world.link["payment_methods"] = ["outside", "stripe"]
    shopper.put(sku(1), 1)
    page = shopper.open_checkout()
    return "data-payment-step" in page, 'value="stripe"' in page


def activates_first(page: str) -> bool:
    """Whether switching the add-on on is the page's main button."""
    return bool(re.search(r"button--main[^>]*>Activate", page))


@pytest.mark.rule("R114", "R116", "R117", "R119")
def test_a_brand_that_is_ready_offers_both_and_the_buyer_chooses(
    till: Till, staff: FlaskClient, here: str, world: World, deps: Deps
) -> None:
    take_cards(deps, world, stripe_add_on=False, stripe_account_id=None, commerce_page_url=None)
    assert offered(till.shopper, world) == (False, False)
    page = staff.get("/payments").text
    assert "Stripe still asks for details." in page
    assert "Stripe has all the details it asks for." not in page
    assert not activates_first(page)
    take_cards(deps, world, stripe_add_on=False)
    assert activates_first(staff.get("/payments").text)
    take_cards(deps, world, stripe_add_on=False, stripe_account_id=None, commerce_page_url=None)

    get_ready(staff, here)

    assert offered(till.shopper, world) == (True, True)
    outside, card = till.shopper.order(), till.confirm()
    assert "/receipts/" in outside.location
    assert "/payments/" in card.location
    page = staff.get("/payments").text
    assert "Stripe has all the details it asks for." in page
    assert READY in page
    assert "Not paid yet" in page


@pytest.mark.rule("R113", "R117")
def test_without_the_add_on_only_outside_is_offered_and_stripe_is_refused(
    till: Till, world: World, deps: Deps
) -> None:
    take_cards(deps, world, stripe_add_on=False)
    assert offered(till.shopper, world) == (False, False)

    reply = till.shopper.order(payment_method="stripe")

    assert reply.status_code == 422
    assert (till.payments(), till.orders(), till.stripe.sessions()) == ([], [], [])


@pytest.mark.rule("R113", "R121")
def test_an_add_on_that_ends_between_page_and_confirming_is_refused(
    till: Till, staff: FlaskClient, here: str
) -> None:
    till.fill()
    form = till.shopper.form(payment_method="stripe")
    assert staff.post(f"{here}/add-on", data={"active": "no"}).status_code == 303

    assert till.shopper.send(form).status_code == 422
    assert till.stripe.sessions() == []
    assert till.shopper.order().status_code == 303


@pytest.mark.rule("R119")
@pytest.mark.parametrize(
    ("account", "page", "missing"),
    [
        (NEW, PAGE, ["application", "charges", "payouts"]),
        (NO_PAYOUTS, PAGE, ["payouts"]),
        (READY, None, ["commerce_page"]),
        (None, PAGE, ["account", "application", "charges", "payouts"]),
        (READY, PAGE, []),
    ],
)
def test_what_stripe_still_needs_is_said_and_cards_are_offered_only_without(
    till: Till, account: str | None, page: str | None, missing: list[str]
) -> None:
    staff, world = till.staff, till.world
    take_cards(till.deps, world, stripe_account_id=None)
    sent = {"is_active": True, "account_id": account, "commerce_page_url": page}
    told = staff.put(f"/api/checkout/v1/card-payment/{world.brand_id}", json=sent)

    assert told.status_code == 200, told.text
    assert told.get_json()["missing"] == missing
    assert told.get_json()["is_offered"] is (missing == [])
    assert offered(till.shopper, world)[1] is (missing == [])


@pytest.mark.rule("R119")
def test_asking_stripe_again_shows_what_changed_there(
    till: Till, staff: FlaskClient, here: str, world: World
) -> None:
    till.stripe.turn(webhooks="never")
    till.stripe.put_account(READY, name="NORD", charges_enabled=False)

    assert staff.post(f"{here}/account/look").status_code == 303

    assert offered(till.shopper, world) == (False, False)


@pytest.mark.rule("R121")
def test_a_disconnected_account_is_offered_no_more_and_refunds_all_the_same(
    till: Till, staff: FlaskClient, here: str, world: World
) -> None:
    session_id = till.open()
    assert staff.post(f"{here}/account/disconnect").status_code == 303
    world.link["state"] = "void"
    till.press(session_id, "pay")
    till.work(60)

    assert till.states() == ["refunded"]
    page = staff.get("/payments").text
    assert "The link was voided meanwhile." in page
    assert "Refunded" in page


@pytest.mark.rule("R101", "R102", "R104", "D7")
def test_card_payment_in_force_asks_for_the_address_whatever_the_buyer_chooses(
    till: Till, world: World, deps: Deps, peers: PeerServer
) -> None:
    world.link |= {"address_shown": False, "shipping_rows": []}
    till.fill()
    assert 'name="zip"' in till.shopper.open_checkout()
    bare = dict.fromkeys(AOYAMA, "") | {"country": "JP"}
    for method in ("outside", "stripe"):
        assert till.shopper.order(payment_method=method, **bare).status_code == 422
    assert till.orders() == []

    take_cards(deps, world, stripe_add_on=False)
    assert 'name="zip"' not in till.shopper.open_checkout()
    assert world.link["address_shown"] is False


@pytest.mark.rule("R124")
def test_an_amount_that_a_card_cannot_take_is_refused_at_the_field(
    till: Till, world: World
) -> None:
    world.buyer["terms"]["currency"] = "KWD"
    world.prices[sku(1)] = 1234
    till.shopper.put(sku(1), 1)

    reply = till.shopper.order(payment_method="stripe")

    assert reply.status_code == 422
    assert "A card cannot be charged with exactly this amount." in reply.text
    world.prices[sku(1)] = 1230
    assert till.shopper.order(payment_method="stripe").status_code == 303
    assert till.stripe.sessions()[0]["amount_total"] == 1230


@pytest.mark.rule("R113", "R119")
def test_links_are_told_what_is_offered(till: Till, deps: Deps, world: World, app: Flask) -> None:
    private, _public = make_keys()
    token = TokenMaker(service="links", private_key=private["links"]).token_for("checkout")

    def offers_cards() -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        body = {"brand_id": str(world.brand_id)}
        reply = app.test_client().post(ORDERING, json=body, headers=headers)
        return reply.get_json()["stripe_add_on"]

    assert offers_cards() is True
    take_cards(deps, world, payouts_enabled=False)
    assert offers_cards() is False


@pytest.mark.rule("R119")
@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("account", {"account_id": "nord"}, "An account id begins with acct_."),
        ("account", {"account_id": "acct_of_nobody"}, "Stripe does not know this account."),
        ("commerce-page", {"commerce_page_url": "javascript:alert(1)"}, "begins with https://"),
        ("commerce-page", {"commerce_page_url": "http://nord.example"}, "begins with https://"),
    ],
)
def test_wrong_settings_are_refused_at_the_field_and_kept_as_typed(
    till: Till, here: str, path: str, form: dict[str, str], words: str
) -> None:
    take_cards(till.deps, till.world, stripe_account_id=None)
    reply = till.staff.post(f"{here}/{path}", data=form)

    assert reply.status_code == 422
    assert words in reply.text
    assert next(iter(form.values())) in reply.text


@pytest.mark.rule("R203")
def test_an_account_belongs_to_one_maker(till: Till, app: Flask, deps: Deps, world: World) -> None:
    other = UUID("01930000-0000-7000-8000-0000000000f1")
    brand = UUID("01930000-0000-7000-8000-0000000000f2")
    stranger = staff_client(app, deps, world, maker_id=other, brand_ids=[brand])

    reply = stranger.post(f"/payments/{brand}/account", data={"account_id": READY})

    assert reply.status_code == 422
    assert "connected to somebody else" in reply.text
    assert stranger.post(f"/payments/{world.brand_id}/add-on").status_code == 404
    till.open()
    assert till.payments()[0].buyer_name not in stranger.get("/payments").text
    asked = stranger.get("/api/checkout/v1/card-payment/payments")
    assert asked.get_json() == {"payments": []}


@pytest.mark.rule("R16")
def test_who_may_only_look_changes_nothing(
    till: Till, app: Flask, deps: Deps, world: World, here: str
) -> None:
    reader = staff_client(app, deps, world, role="member_read")
    assert reader.get("/payments").status_code == 200
    for path in ("account", "account/look", "account/disconnect", "commerce-page", "add-on"):
        assert reader.post(f"{here}/{path}").status_code == 403


@pytest.mark.rule("R122", "R123")
def test_order_page_receipt_and_api_say_that_it_is_paid(till: Till, staff: FlaskClient) -> None:
    till.press(till.open(), "pay")
    receipt = till.shopper.client.get(till.come_back().location).text
    assert "Credit card · Paid" in receipt

    page = staff.get(f"/orders/{till.orders()[0].id}").text
    assert 'data-ledger="payment" data-state="placed"' in page
    assert "Credit card · Paid" in page
    assert str(till.payments()[0].payment_intent_id) in page
    [told] = staff.get("/api/checkout/v1/card-payment/payments").get_json()["payments"]
    assert (told["state"], told["amount"]) == ("placed", {"minor": 39864, "currency": "JPY"})


@pytest.mark.rule("R115")
def test_an_order_outside_the_app_has_no_payment_row(till: Till, staff: FlaskClient) -> None:
    till.fill()
    till.shopper.order()
    page = staff.get(f"/orders/{till.orders()[0].id}").text
    assert 'data-ledger="payment"' not in page
    assert f"/checkout/{TOKEN}" not in page
