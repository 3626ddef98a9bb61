"""The whole matrix: money held = orders confirmed, or refunded and shown within 60 s (I2 to I4)."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import text

from common.errors import Unavailable
from common.testing.peers import CONTRACTS

from ..conftest import events_of
from .conftest import Till, take_cards

REFUNDED = "checkout.payment_refunded.v1"
WEBHOOKS = ("first", "last", "twice", "out_of_order", "never", "held")


def void(till: Till) -> None:
    till.world.link["state"] = "void"


def view_only(till: Till) -> None:
    till.world.link["view_only"] = True


CHANGES: dict[str, Callable[[Till], None]] = {
    "link_void": void,
    "link_deleted": Till.lose_link,
    "link_view_only": view_only,
    "catalog_closed": lambda till: till.set_catalogs(status="closed"),
    "catalog_deleted": lambda till: till.answer(
        "catalog", "catalogs/read", lambda _: {"catalogs": []}
    ),
    "grant_revoked": lambda till: till.set_catalogs(status="limited", is_granted=False),
}


@pytest.mark.rule("R122", "R123", "R124")
@pytest.mark.parametrize("returns", [True, False], ids=["returns", "stays-away"])
@pytest.mark.parametrize(
    ("webhooks", "buttons"),
    [
        *((webhooks, ("pay",)) for webhooks in WEBHOOKS),
        ("never", ("decline", "pay")),
        ("out_of_order", ("secure", "authorize")),
    ],
)
def test_paid_is_ordered_once_however_stripe_tells(
    till: Till, webhooks: str, buttons: tuple[str, ...], returns: bool
) -> None:
    till.stripe.turn(webhooks=webhooks)
    session_id = till.open()

    till.press(session_id, *buttons)
    if returns:
        till.come_back()
    till.work(30)
    till.stripe.send_held()
    till.work(30)

    assert till.states() == ["placed"]
    assert len(till.orders()) == 2
    assert "Thank you" in till.seen()
    till.check_books()


@pytest.mark.rule("D21", "R122")
@pytest.mark.parametrize(
    ("webhooks", "returns"),
    [
        *((webhooks, False) for webhooks in WEBHOOKS),
        ("never", True),
        ("held", True),
    ],
)
@pytest.mark.parametrize("change", CHANGES)
def test_paid_for_what_cannot_be_ordered_any_more_is_given_back(
    till: Till, change: str, webhooks: str, returns: bool
) -> None:
    till.stripe.turn(webhooks=webhooks)
    session_id = till.open()

    CHANGES[change](till)
    till.press(session_id, "pay")
    if returns:
        till.come_back()
    till.work(60)
    till.stripe.send_held()
    till.work(10)

    assert till.states() == ["refunded"]
    assert till.orders() == []
    [page] = till.stripe.sessions()
    assert (page["paid"], page["refunded"]) == (39864, 39864)
    [told] = events_of(till.deps, REFUNDED)
    assert (told["payload"]["reason"], told["payload"]["cause"]) == ("paid_late", change)
    assert told["payload"]["amount"] == {"minor": 39864, "currency": "JPY"}
    assert "Your payment was refunded" in till.seen()
    till.check_books()


@pytest.mark.rule("D21")
@pytest.mark.parametrize("change", CHANGES)
def test_such_a_change_closes_the_page_so_that_nobody_can_pay(till: Till, change: str) -> None:
    session_id = till.open()

    CHANGES[change](till)
    till.work(60)
    till.press(session_id, "pay")
    till.work(60)

    assert till.states() == ["expired"]
    assert [(p["status"], p["paid"]) for p in till.stripe.sessions()] == [("expired", 0)]
    assert len(till.payments()[0].closing_reason or "") > 0
    assert "Nothing was charged" in till.seen()
    till.check_books()


@pytest.mark.rule("D21")
def test_a_link_that_was_void_for_a_while_does_not_take_the_money_back_and_forth(
    till: Till,
) -> None:
    till.stripe.turn(webhooks="never")
    session_id = till.open()
    void(till)
    till.stripe.order_fault("error_500", endpoint="checkout.sessions.expire", times=None)
    till.work(20)
    till.press(session_id, "pay")
    till.stripe.clear_faults()
    till.world.link["state"] = "open"
    till.work(60)

    assert till.states() == ["refunded"]
    till.check_books()


@pytest.mark.rule("R121")
def test_a_card_payment_stays_refundable_after_the_add_on_has_ended(till: Till) -> None:
    session_id = till.open()
    take_cards(till.deps, till.world, stripe_add_on=False, stripe_account_id=None)
    void(till)
    till.press(session_id, "pay")
    till.work(60)

    assert till.states() == ["refunded"]
    till.check_books()


@pytest.mark.rule("D21")
def test_while_nobody_can_say_whether_it_may_be_placed_the_money_waits(till: Till) -> None:
    def away(_asked: object) -> dict[str, object]:
        raise Unavailable("away")

    session_id = till.open()
    answer = till.peers.answers[("catalog", "catalogs/read")]
    till.peers.answers[("catalog", "catalogs/read")] = away
    till.press(session_id, "pay")
    till.work(60)
    assert till.states() == ["open"]

    till.peers.answers[("catalog", "catalogs/read")] = answer
    till.work(60)
    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R124")
def test_another_amount_than_agreed_is_given_back(till: Till) -> None:
    session_id = till.open()
    with till.deps.database.transaction(till.world.maker_id) as session:
        session.execute(text("update payments set amount_minor = amount_minor + 1"))
    till.press(session_id, "pay")
    till.work(60)

    assert till.states() == ["refunded"]
    [told] = events_of(till.deps, REFUNDED)
    assert told["payload"]["reason"] == "amount_differs"


@pytest.mark.rule("D21")
def test_the_event_of_a_refund_has_the_shape_of_its_sample(till: Till) -> None:
    session_id = till.open()
    void(till)
    till.press(session_id, "pay")
    till.work(60)

    [told] = events_of(till.deps, REFUNDED)
    sample = json.loads((CONTRACTS.parent / f"events/{REFUNDED}.json").read_text())
    assert set(told) == set(sample)
    assert set(told["payload"]) == set(sample["payload"])
    for part in ("buyer", "brand", "amount"):
        assert set(told["payload"][part]) == set(sample["payload"][part])
    assert told["payload"]["checkout_id"] == str(till.payments()[0].id)
