"""An order by card: confirmed, paid, placed; or not paid, and nothing happened."""

import re

import pytest

from common.testing import PeerServer

from ..conftest import MEN, TOKEN, arrive, events_of, sku
from .conftest import Till, take_cards

COMPLETED = "checkout.order_completed.v1"


@pytest.mark.rule("R122", "R124", "R169", "D13", "D21")
def test_a_paid_checkout_becomes_orders_of_what_was_charged(till: Till) -> None:
    session_id = till.open()
    assert till.orders() == []
    [page] = till.stripe.sessions()
    assert (page["amount_total"], page["currency"]) == (39864, "jpy")

    till.press(session_id, "pay")
    reply = till.come_back()

    assert reply.location == f"/checkout/{TOKEN}/receipts/{till.payments()[0].id}"
    women, men = till.orders()
    assert (women.total.minor, men.total.minor) == (13464, 26400)
    assert {women.payment_method, men.payment_method} == {"stripe"}
    assert women.submitted_at == till.payments()[0].submitted_at
    assert [e["payload"]["payment_method"] for e in events_of(till.deps, COMPLETED)] == [
        "stripe",
        "stripe",
    ]
    assert till.shopper.lines()["lines"] == []
    till.check_books()


@pytest.mark.rule("R122", "R124")
def test_the_page_at_stripe_lists_the_orders_and_ends_in_half_an_hour(till: Till) -> None:
    till.open()
    [page] = till.stripe.sessions()
    [payment] = till.payments()

    assert 1800 <= page["expires_at"] - page["created"] <= 1860
    assert page["account"] == payment.account_id == "acct_demo_nord"
    assert page["metadata"] == {"payment_id": str(payment.id)}
    assert page["payment_method_types"] == ["card"]
    assert page["success_url"].endswith(f"/checkout/{TOKEN}/payments/{payment.id}")


@pytest.mark.rule("R122")
@pytest.mark.parametrize("buttons", [("decline",), ("secure", "fail"), ("cancel",), ()])
def test_a_failed_or_abandoned_payment_leaves_the_cart_and_makes_no_order(
    till: Till, buttons: tuple[str, ...]
) -> None:
    session_id = till.open()
    if buttons:
        till.press(session_id, *buttons)
    till.work()

    assert till.orders() == []
    assert till.states() == ["open"]
    assert len(till.shopper.lines()["lines"]) == 2
    assert "Your payment" in till.seen() or "Waiting" in till.seen()

    till.stripe.advance_clock(seconds=1900)
    till.work()
    assert till.states() == ["expired"]
    assert len(till.shopper.lines()["lines"]) == 2
    assert "Nothing was charged" in till.seen()
    till.check_books()


@pytest.mark.rule("R122")
def test_a_declined_card_may_be_followed_by_another(till: Till) -> None:
    session_id = till.open()
    till.press(session_id, "decline")
    till.press(session_id, "secure", "authorize")
    till.come_back()

    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R122")
def test_cancelling_leads_back_to_the_checkout_that_says_so(till: Till) -> None:
    session_id = till.open()

    back = till.press(session_id, "cancel")

    assert back is not None
    page = till.shopper.client.get(back.removeprefix("http://127.0.0.1:8080")).text
    assert "You have not paid yet" in page
    assert "Go to the payment page" in page


@pytest.mark.rule("R123", "R180")
def test_the_same_form_again_leads_to_the_same_payment(till: Till) -> None:
    first = till.confirm()
    again = till.shopper.send(till.form)
    till.press(till.stripe.sessions()[0]["id"], "pay")
    till.come_back()
    late = till.shopper.send(till.form)

    assert {(r.status_code, r.location) for r in (first, again, late)} == {(303, first.location)}
    assert till.shopper.client.get(late.location).location.startswith(
        f"/checkout/{TOKEN}/receipts/"
    )
    assert len(till.stripe.sessions()) == 1
    till.check_books()


@pytest.mark.rule("R123")
def test_ordering_again_closes_the_page_that_is_open(till: Till) -> None:
    first = till.open()
    second = till.open()
    till.work()

    by_id = {each["id"]: each["status"] for each in till.stripe.sessions()}
    assert by_id == {first: "expired", second: "open"}
    assert till.states() == ["expired", "open"]
    till.press(second, "pay")
    till.come_back()
    till.check_books()


@pytest.mark.rule("R123")
def test_who_paid_and_orders_again_is_led_to_the_receipt_and_not_charged_twice(
    till: Till,
) -> None:
    till.stripe.turn(webhooks="never")
    till.press(till.open(), "pay")

    reply = till.confirm()

    assert reply.location.startswith(f"/checkout/{TOKEN}/receipts/")
    assert len(till.stripe.sessions()) == 1
    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R123")
def test_the_cart_is_ordered_outside_the_app_while_a_page_is_open(till: Till) -> None:
    session_id = till.open()
    assert till.shopper.order().status_code == 303
    assert [each.payment_method for each in till.orders()] == ["outside", "outside"]

    till.press(session_id, "pay")
    till.work()

    assert till.states() == ["refunded"]
    assert "ordered this cart in another way" in till.seen()
    till.check_books()


@pytest.mark.rule("D21")
def test_the_terms_are_asked_for_again_after_a_look_at_open_pages(
    till: Till, peers: PeerServer
) -> None:
    """Stripe may take its time: what was asked before that is not judged by."""
    till.open()
    form = till.shopper.form()
    peers.asked.clear()
    assert till.shopper.send(form).status_code == 303
    asked = [question for _service, question, _body in peers.asked]
    assert asked.count("buyers/read") == 2


@pytest.mark.rule("D21")
def test_what_was_added_while_paying_stays_in_the_cart(till: Till) -> None:
    session_id = till.open()
    till.shopper.put(sku(1), 5)
    till.shopper.put(sku(2), 1)

    till.press(session_id, "pay")
    till.come_back()

    left = {line["sku_id"]: line["quantity"] for line in till.shopper.lines()["lines"]}
    assert left == {sku(1): 2, sku(2): 1}
    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("D21", "R32", "R75", "R60")
def test_deadline_expiry_prices_and_terms_do_not_matter_once_the_page_is_made(till: Till) -> None:
    session_id = till.open()
    till.world.link["state"] = "expired"
    till.world.reasons = {MEN: "deadline_passed"}
    till.world.prices[sku(1)] = 99999
    till.world.buyer["terms"]["currency"] = "USD"
    till.set_catalogs(is_orderable=False)

    till.press(session_id, "pay")
    till.work()

    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R160")
def test_a_payment_is_seen_only_by_the_browser_that_made_it(
    till: Till, make_shopper: "object"
) -> None:
    reply = till.confirm()
    stranger = make_shopper()  # type: ignore[operator]
    for method, path in (
        ("get", reply.location),
        ("get", reply.location.removesuffix("/page")),
        ("post", reply.location.replace("/page", "/check")),
    ):
        assert getattr(stranger.client, method)(path).status_code == 404


def test_looking_changes_nothing(till: Till) -> None:
    till.stripe.turn(webhooks="never")
    reply = till.confirm()
    till.press(till.stripe.sessions()[0]["id"], "pay")
    asked = len(till.stripe.requests())

    here = reply.location.removesuffix("/page")
    for path in (reply.location, here, f"{here}/check"):
        till.shopper.client.get(path)

    assert till.states() == ["open"]
    assert len(till.stripe.requests()) == asked
    answer = till.shopper.client.post(f"{here}/check", headers={"Accept": "application/json"})
    assert answer.get_json()["state"] == "placed"


@pytest.mark.rule("R113", "R121")
def test_an_add_on_that_ends_while_paying_does_not_undo_the_page(till: Till) -> None:
    session_id = till.open()
    take_cards(till.deps, till.world, stripe_add_on=False)

    till.press(session_id, "pay")
    till.work()

    assert till.states() == ["placed"]
    till.check_books()


def test_a_link_that_changed_is_looked_at_and_closed_at_once(till: Till) -> None:
    till.open()
    [payment] = till.payments()
    told = {"link_id": str(payment.link_id), "change": "status", "status": "void"}
    arrive(till.deps, "links.link_changed.v1", **told)
    till.work(10)

    assert till.states() == ["expired"]
    assert till.stripe.sessions()[0]["status"] == "expired"


def test_a_link_that_was_only_edited_leaves_its_pages_open(till: Till) -> None:
    till.open()
    arrive(till.deps, "links.link_changed.v1", link_id=str(till.payments()[0].link_id))
    till.work(10)

    assert till.states() == ["open"]
    assert till.payments()[0].closing_reason is None


def test_who_comes_back_without_paying_finds_what_was_typed(till: Till) -> None:
    words = {"po_number": "PO-77", "comment": "Keep me.\nBoth lines.", "line2": "2F"}
    assert till.confirm(**words).status_code == 303
    page = till.shopper.open_checkout()
    assert all(text in page for text in ("PO-77", "Keep me.\nBoth lines.", 'value="2F"'))
    assert re.search(r'value="stripe"[^>]* checked', page)
    assert ">Continue to payment</button>" in page
