"""An erased buyer's orders keep what the books need, until the brand's term is over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import text

from checkout.deps import Deps
from checkout.domain.breakdown import order_of_json
from checkout.jobs.forget_buyers import forget_buyers
from checkout.store.models import Order
from common.delivery import JobRun
from common.privacy import Person
from common.testing.erasures import ASKED, ask_privacy

RUN = JobRun("forget_buyers", 1)
OPEN_WORK = (
    ("update checkout_attempts set state = 'in_flight', answer = null,"
     " lease_until = now() + interval '1 min'", "being placed"),
    ("insert into next_engine_slips (maker_id, id, brand_id, order_id, position, slip_number,"
     " state, waits_for_sign_in, attempts, changed_at) select maker_id, id, brand_id, id, 1, 'S',"
     " 'accepted', false, 1, now() from orders limit 1", "uploads to NEXT ENGINE"),
)  # fmt: skip


def person_of(order: Order) -> Person:
    return Person(
        emails=(str(order.snapshot["buyer"]["contact_email"]),),
        maker_ids=(order.maker_id,),
        is_whole=True,
        buyer_ids=(order.buyer_id,),
        names={str(order.maker_id): (order.buyer_name,)},
    )


def settle(deps: Deps) -> None:
    """Let every subscriber have acknowledged, so that nothing is under way."""
    with deps.database.engine.begin() as connection:
        connection.exec_driver_sql("update outbox_delivery set state = 'acked'")


def orders(deps: Deps, maker_id: UUID) -> list[Order]:
    with deps.database.transaction(maker_id) as session:
        return list(session.query(Order).order_by(Order.order_number))


def erase(app: Flask, person: Person) -> dict[str, Any]:
    return ask_privacy(app, "checkout", "erase", person, dry_run=False, **ASKED)


def test_an_order_keeps_the_books_and_loses_the_rest_after_the_term(
    app: Flask, deps: Deps, placed: Callable[..., list[Order]]
) -> None:
    before = placed(comment="Please ring twice", po_number="PO-7")
    person = person_of(before[0])
    settle(deps)
    done = erase(app, person)
    assert done["blocked_by"] == []
    assert {UUID(each) for each in done["order_ids"]} == {order.id for order in before}

    def run_job(years: float) -> None:
        at = deps.now() + timedelta(days=365.25 * years)
        forget_buyers(replace(deps, now=lambda: at), RUN)

    run_job(9.9)
    for was, order in zip(before, orders(deps, person.maker_ids[0]), strict=True):
        assert (order.total, order.order_number) == (was.total, was.order_number)
        assert (order.buyer_name, order.po_number) == (was.buyer_name, "PO-7")
        assert order.address == {**(was.address or {}), "phone": ""}
        assert (order.comment, order.snapshot["recipients"]) == (None, [])
        assert order.snapshot["buyer"]["contact_email"] is None
        assert order.erasure_asked_at

    run_job(10.1)
    for was, order in zip(before, orders(deps, person.maker_ids[0]), strict=True):
        assert (order.address, order.po_number, order.erasure_asked_at) == (None, None, None)
        assert order.buyer_name.startswith("erased-")
        assert order.snapshot["buyer"]["name"] == order.buyer_name
        assert order_of_json(order.snapshot) == order_of_json(was.snapshot)
    settle(deps)
    assert erase(app, person)["parts"] == []


def test_orders_of_others_keep_theirs(
    app: Flask, deps: Deps, placed: Callable[..., list[Order]]
) -> None:
    before = placed()
    settle(deps)
    other = replace(
        person_of(before[0]), buyer_ids=(UUID(int=9),), emails=("o@o.example",), names={}
    )
    assert erase(app, other)["parts"] == []
    at = deps.now() + timedelta(days=20 * 365)
    forget_buyers(replace(deps, now=lambda: at), RUN)
    assert [order.address for order in orders(deps, before[0].maker_id)] == [
        o.address for o in before
    ]


def test_what_is_under_way_ends_first(
    app: Flask, deps: Deps, placed: Callable[..., list[Order]]
) -> None:
    before = placed()
    person = person_of(before[0])
    [undelivered] = erase(app, person)["blocked_by"]
    assert "not handled yet" in undelivered
    settle(deps)
    for statement, words in OPEN_WORK:
        with deps.database.transaction(before[0].maker_id) as session:
            session.execute(text(statement))
        assert words in str(erase(app, person)["blocked_by"])
    assert [order.buyer_name for order in orders(deps, before[0].maker_id)] == [
        order.buyer_name for order in before
    ]
