"""Stripe away, failing, or asking for a pause, at every call: still one charge or none."""

import time

import pytest

from .conftest import Till

CREATE, READ = "checkout.sessions.create", "checkout.sessions.retrieve"
EXPIRE, REFUND = "checkout.sessions.expire", "refunds.create"
FAULTS = (
    ("timeout_before", {}),
    ("timeout_after", {}),
    ("stored_500", {"executed": False}),
    ("stored_500", {"executed": True}),
    ("error_500", {}),
    ("rate_limit", {}),
)


@pytest.mark.rule("R123")
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("kind", "more"), FAULTS)
def test_a_page_is_opened_in_the_end_and_only_one_can_be_paid(
    till: Till, kind: str, more: dict[str, bool], times: int
) -> None:
    till.stripe.order_fault(kind, endpoint=CREATE, times=times, **more)

    reply = till.confirm()
    assert reply.status_code == 303
    first = till.shopper.client.get(reply.location, follow_redirects=False)
    assert "/payments/" in str(first.location)
    assert "Opening the payment page" in till.seen()
    for _ in range(12):
        if till.states() == ["open"]:
            break
        till.come_back()
        till.work(10)

    assert till.states() == ["open"]
    led = till.shopper.client.get(reply.location).location
    till.press(str(led).rsplit("/", 1)[1], "pay")
    till.work(60)
    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R123")
@pytest.mark.parametrize(("kind", "more"), FAULTS)
def test_a_look_that_fails_is_taken_again(till: Till, kind: str, more: dict[str, bool]) -> None:
    till.stripe.turn(webhooks="never")
    session_id = till.open()
    till.press(session_id, "pay")
    till.stripe.order_fault(kind, endpoint=READ, times=2, **more)

    till.come_back()
    till.work(60)

    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("D21", "R123")
@pytest.mark.parametrize(("kind", "more"), FAULTS)
def test_a_refund_is_made_once_whatever_its_answer(
    till: Till, kind: str, more: dict[str, bool]
) -> None:
    session_id = till.open()
    till.world.link["state"] = "void"
    till.stripe.order_fault(kind, endpoint=REFUND, times=2, **more)
    till.press(session_id, "pay")

    till.work(60)

    assert till.states() == ["refunded"]
    [page] = till.stripe.sessions()
    assert (page["paid"], page["refunded"]) == (39864, 39864)
    till.check_books()


@pytest.mark.rule("D21")
@pytest.mark.parametrize(("kind", "more"), FAULTS)
def test_a_page_is_closed_in_the_end(till: Till, kind: str, more: dict[str, bool]) -> None:
    till.open()
    till.world.link["state"] = "void"
    till.stripe.order_fault(kind, endpoint=EXPIRE, times=2, **more)

    till.work(60)

    assert till.states() == ["expired"]
    till.check_books()


@pytest.mark.rule("R122")
def test_where_stripe_refuses_the_page_nothing_is_ordered_and_the_page_says_so(
    till: Till,
) -> None:
    till.stripe.put_account("acct_demo_nord", name="NORD", charges_enabled=False)

    reply = till.confirm()

    assert reply.status_code == 303
    assert till.states() == ["failed"]
    assert "The payment page could not be opened" in till.seen()
    assert till.payments()[0].note == "Your account cannot currently make live charges."
    assert len(till.shopper.lines()["lines"]) == 2
    assert till.shopper.order().status_code == 303
    assert len(till.orders()) == 2


def test_a_silent_stripe_holds_the_buyer_for_seconds_and_no_connection(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.stripe.order_fault("timeout_before", endpoint=CREATE, seconds=15)
    began = time.monotonic()

    assert till.confirm().status_code == 303

    assert time.monotonic() - began < 12
    assert till.states() == ["opening"]


def test_a_refund_that_stripe_refuses_is_shown_and_tried_again(till: Till) -> None:
    session_id = till.open()
    till.world.link["state"] = "void"
    till.press(session_id, "pay")
    till.stripe.order_fault("rate_limit", endpoint=REFUND, times=None)
    till.work(60)
    assert till.states() == ["refunding"]
    assert "being refunded" in till.seen()

    till.stripe.clear_faults()
    till.work(30)
    assert till.states() == ["refunded"]
    till.check_books()


@pytest.mark.rule("R122")
def test_a_page_that_stripe_does_not_know_any_more_is_over(till: Till) -> None:
    """As after an exchange of the key, or a restart of the twin."""
    till.open()
    till.stripe.reset()

    reply = till.confirm()

    assert "/payments/" in reply.location
    assert till.states() == ["expired", "open"]
    assert len(till.stripe.sessions()) == 1


@pytest.mark.rule("R122")
def test_an_account_that_took_its_access_back_stops_nobody_else(till: Till) -> None:
    till.open()
    till.stripe.remove_account("acct_demo_nord")

    assert till.shopper.order().status_code == 303
    till.work(60)

    assert till.states() == ["open"]
    assert len(till.orders()) == 2
