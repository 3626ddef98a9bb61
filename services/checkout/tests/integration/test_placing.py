"""Placing: all orders of a checkout or none, once, for what was agreed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import CheckoutAttempt, Order, OrderLine
from common.testing.peers import CONTRACTS, PeerServer

from .conftest import (
    ATTEMPT,
    MEN,
    NUMBER,
    TOKEN,
    WOMEN,
    MakeShopper,
    Shopper,
    World,
    events_of,
    sku,
)

COMPLETED = "checkout.order_completed.v1"


@pytest.mark.rule("R168", "R169")
def test_a_checkout_over_two_catalogs_makes_one_order_each(
    placed: Callable[..., list[Order]], deps: Deps
) -> None:
    women, men = placed(comment="Please ship together.", po_number="PO-7")

    assert [women.order_number, men.order_number] == ["NORD-00000001", "NORD-00000002"]
    assert [str(women.catalog_id), str(men.catalog_id)] == [WOMEN, MEN]
    assert women.checkout_attempt_id == men.checkout_attempt_id
    assert (women.total.minor, men.total.minor) == (13464, 26400)
    assert (women.comment, women.po_number) == ("Please ship together.", "PO-7")
    assert len(events_of(deps, COMPLETED)) == 2


@pytest.mark.rule("R171", "R179")
def test_an_order_records_state_link_method_and_actor(
    placed: Callable[..., list[Order]], world: World
) -> None:
    order = placed()[0]
    assert order.state == "oc_not_created"
    assert (order.link_id, order.method) == (world.link_id, "offline_login")
    assert (order.buyer_kind, order.buyer_name) == ("offline", "Boutique Aoyama")


@pytest.mark.rule("R46")
def test_brand_credentials_record_who_operated_and_for_whom(
    make_shopper: MakeShopper, session: Session
) -> None:
    rep = make_shopper(method="brand_credentials", operator="Jonas Berg")
    rep.put(sku(1), 1)
    assert rep.order().status_code == 303
    order = session.scalars(select(Order)).one()
    assert (order.method, order.operator) == ("brand_credentials", "Jonas Berg")
    assert order.buyer_name == "Boutique Aoyama"


@pytest.mark.rule("R65")
def test_the_buyers_deposit_is_copied(
    placed: Callable[..., list[Order]], world: World, deps: Deps
) -> None:
    world.buyer["terms"]["deposit_percent"] = "30.00"
    assert placed()[0].deposit_percent == "30.00"
    assert events_of(deps, COMPLETED)[0]["payload"]["deposit_percent"] == "30.00"


@pytest.mark.rule("R115")
def test_paying_outside_the_app_makes_the_order_without_any_payment(
    placed: Callable[..., list[Order]],
) -> None:
    assert placed()[0].payment_method == "outside"


def test_the_event_has_the_shape_of_its_sample(
    placed: Callable[..., list[Order]], deps: Deps
) -> None:
    import json

    placed()
    [event, _other] = events_of(deps, COMPLETED)
    sample = json.loads((CONTRACTS.parent / f"events/{COMPLETED}.json").read_text())
    assert set(event) == set(sample)
    assert set(event["payload"]) == set(sample["payload"])
    for part in ("buyer", "brand", "catalog", "address", "goods"):
        assert set(event["payload"][part]) == set(sample["payload"][part])
    assert set(event["payload"]["lines"][0]) == set(sample["payload"]["lines"][0])
    assert set(event["payload"]["taxes"][0]) == set(sample["payload"]["taxes"][0])


def test_every_reader_is_owed_the_event(placed: Callable[..., list[Order]], deps: Deps) -> None:
    placed()
    with deps.database.transaction() as session:
        rows = session.execute(text("select subscriber, count(*) from outbox_delivery group by 1"))
        assert {row[0]: row[1] for row in rows} == {
            "identity": 2,
            "checkout": 2,
            "notifications": 2,
            "links": 2,
        }


def test_the_receipt_says_what_the_checkout_said(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(3), 2, catalog=MEN)
    page = shopper.open_checkout()
    receipt = shopper.client.get(shopper.send(shopper.form(page)).location).text
    for amount in ("¥13,464", "¥26,400", "¥39,864"):
        assert amount in page
        assert amount in receipt
    assert set(NUMBER.findall(receipt)) == {"NORD-00000001", "NORD-00000002"}
    assert shopper.lines()["lines"] == []


@pytest.mark.rule("R160")
def test_a_receipt_opens_only_in_the_session_that_placed_the_order(
    shopper: Shopper, make_shopper: MakeShopper, world: World
) -> None:
    shopper.put(sku(1), 3)
    receipt = shopper.order().location
    world.link["state"] = "expired"
    shopper.forget_answers()
    assert shopper.client.get(receipt).status_code == 200
    assert make_shopper().client.get(receipt).status_code == 404


@pytest.mark.rule("R180")
def test_sending_twice_gives_the_same_answer_and_one_order(
    shopper: Shopper, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    first, again = shopper.send(form), shopper.send(form)
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert session.scalar(select(func.count()).select_from(Order)) == 1


@pytest.mark.rule("R180")
def test_twenty_parallel_presses_are_one_set_of_orders(
    shopper: Shopper, session: Session, deps: Deps
) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(3), 2, catalog=MEN)
    form = shopper.form()
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: shopper.send(form), range(20)))
    assert {(reply.status_code, reply.location) for reply in replies} == {
        (303, replies[0].location)
    }
    assert session.scalar(select(func.count()).select_from(Order)) == 2
    assert len(events_of(deps, COMPLETED)) == 2


@pytest.mark.rule("R180")
def test_other_content_under_the_same_key_is_refused(shopper: Shopper, session: Session) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    assert shopper.send(form).status_code == 303
    assert shopper.send(form | {"comment": "something else"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(Order)) == 1


@pytest.mark.parametrize("field", ["po_number", "comment"])
def test_what_no_database_holds_is_refused_and_may_be_sent_again_without_it(
    shopper: Shopper, session: Session, field: str
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    refused = shopper.send(form | {field: f"{form[field]}\x00"})
    assert refused.status_code == 400
    assert shopper.send(form).status_code == 303
    assert session.scalar(select(func.count()).select_from(Order)) == 1


@pytest.mark.rule("R180")
def test_two_tabs_order_the_cart_once(shopper: Shopper, session: Session) -> None:
    shopper.put(sku(1), 3)
    one, other = shopper.form(), shopper.form()
    assert shopper.send(one).status_code == 303
    assert shopper.send(other).status_code == 409
    assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_an_attempt_that_is_under_way_is_waited_for_then_409(
    shopper: Shopper, deps: Deps, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkout.web.placing.PATIENCE_SECONDS", 0.3)
    shopper.put(sku(1), 3)
    form = shopper.form()
    shopper.send(form)
    with deps.database.transaction(world.maker_id) as session:
        session.execute(
            update(CheckoutAttempt).values(
                state="in_flight", answer=None, lease_until=func.now() + text("interval '1 min'")
            )
        )
    reply = shopper.send(form)
    assert (reply.status_code, reply.headers["Retry-After"]) == (409, "2")


def test_an_attempt_whose_process_died_is_taken_over(
    shopper: Shopper, deps: Deps, world: World, session: Session, peers: PeerServer
) -> None:
    """Killed after the attempt was taken: the repeat places, once the lease is over."""
    shopper.put(sku(1), 3)
    form = shopper.form()
    shopper.send(form)
    with deps.database.transaction(world.maker_id) as own:
        own.execute(delete(OrderLine))
        own.execute(delete(Order))
        own.execute(
            update(CheckoutAttempt).values(state="in_flight", answer=None, lease_until=func.now())
        )
    shopper.put(sku(1), 3)
    assert shopper.send(form).status_code == 303
    assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_form_of_another_session_or_hand_is_refused(
    shopper: Shopper, make_shopper: MakeShopper, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    assert make_shopper().send(form).status_code == 400
    assert shopper.send(form | {"attempt": form["attempt"][:-3] + "AAA"}).status_code == 400
    assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_a_dearer_price_is_shown_and_asks_for_a_tick(
    shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    world.prices[sku(1)] = 5000

    reply = shopper.send(form)
    assert reply.status_code == 409
    assert "unit price ¥4,080, now ¥5,000" in reply.text
    assert "Total: ¥13,464, now ¥16,500" in reply.text
    assert session.scalar(select(func.count()).select_from(Order)) == 0

    unticked = shopper.send(shopper.form(reply.text))
    assert unticked.status_code == 422
    ticked = shopper.send(shopper.form(reply.text, agreed="yes"))
    assert ticked.status_code == 303
    assert session.scalars(select(Order)).one().total.minor == 16500


def test_a_cheaper_price_is_shown_and_needs_no_tick(shopper: Shopper, world: World) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    world.prices[sku(1)] = 4000
    reply = shopper.send(form)
    assert reply.status_code == 409
    assert 'name="agreed"' not in reply.text
    assert shopper.send(shopper.form(reply.text)).status_code == 303


def test_a_cart_that_another_tab_changed_is_shown_before_it_is_ordered(
    shopper: Shopper, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    shopper.put(sku(2), 10)
    reply = shopper.send(form)
    assert reply.status_code == 409
    assert "was added" in reply.text
    assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.rule("R75")
def test_the_deadline_is_checked_again_at_submission(
    shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    world.reasons[WOMEN] = "deadline_passed"
    reply = shopper.send(form)
    assert reply.status_code == 409
    assert "The order deadline of this catalog has passed." in reply.text
    assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.rule("R32")
def test_an_expiry_while_there_is_a_cart_prevents_the_order(
    shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    world.link["state"] = "expired"
    reply = shopper.send(form)
    assert (reply.status_code, reply.location) == (302, f"/l/{TOKEN}")
    assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.rule("R96")
def test_switching_the_link_to_view_only_blocks_a_filled_cart(
    shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    world.link["view_only"] = True
    assert shopper.send(form).status_code == 403
    assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.rule("R113")
def test_stripe_is_refused_while_the_add_on_is_inactive(
    shopper: Shopper, world: World, session: Session
) -> None:
    world.link["payment_methods"] = ["outside", "stripe"]
    shopper.put(sku(1), 3)
    page = shopper.open_checkout()
    assert "Credit card" not in page
    assert shopper.send(shopper.form(page, payment_method="stripe")).status_code == 422
    assert session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.rule("R60")
def test_later_terms_do_not_reach_an_order(
    placed: Callable[..., list[Order]], world: World, session: Session
) -> None:
    order_id = placed()[0].id
    world.buyer["name"], world.prices[sku(1)] = "New name", 9999
    order = session.get_one(Order, order_id)
    assert order.snapshot["buyer"]["name"] == order.buyer_name == "Boutique Aoyama"
    assert order.snapshot["lines"][0]["unit_price"]["minor"] == 4080


@pytest.mark.rule("R64")
def test_dollars_have_cents_and_lines_add_up_to_the_total(
    shopper: Shopper, world: World, session: Session
) -> None:
    world.buyer["terms"] |= {"currency": "USD", "country": "US"}
    shopper.put(sku(1), 3)
    assert "$122.40" in shopper.open_checkout()
    assert shopper.order().status_code == 303
    order = session.scalars(select(Order)).one()
    lines = session.scalars(select(OrderLine)).all()
    assert order.total.currency == "USD"
    assert sum(line.amount.minor for line in lines) == order.total.minor == 12240


def test_orders_are_placed_when_nothing_behind_them_answers(
    placed: Callable[..., list[Order]], peers: PeerServer
) -> None:
    """NEXT ENGINE, SMTP and the broker are not even asked: the fixtures give dead addresses."""
    assert len(placed()) == 2
    assert not [each for each in peers.asked if each[0] == "notifications"]


def test_placing_asks_afresh(shopper: Shopper, peers: PeerServer) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form()
    peers.asked.clear()
    shopper.send(form)
    asked = {(service, question) for service, question, _body in peers.asked}
    assert asked >= {
        ("links", "links/resolve"),
        ("identity", "buyers/read"),
        ("catalog", "prices/read"),
    }


def test_an_identity_that_is_not_renewed_yet_is_asked_for_the_brand(
    shopper: Shopper, world: World, peers: PeerServer
) -> None:
    older = {name: value for name, value in world.buyer.items() if name != "brand"}
    peers.answers["identity", "buyers/read"] = lambda _asked: older
    shopper.put(sku(1), 3)
    assert shopper.send(shopper.form()).status_code == 303


def test_a_repeated_form_after_refusal_may_be_sent_again(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    form = shopper.form(phone="")
    assert shopper.send(form).status_code == 422
    assert shopper.send(form | {"phone": "03-1234-5678"}).status_code == 303


def test_every_page_gives_another_attempt(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    found = [ATTEMPT.findall(shopper.open_checkout()) for _ in range(2)]
    assert found[0] != found[1]
