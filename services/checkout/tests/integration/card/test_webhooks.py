"""Webhooks: verified on the raw body, stored once, answered, then worked (K16)."""

import json
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from checkout.store.models import StripeEvent
from twins.stripe.postman import signature
from twins.stripe.world import READY, WEBHOOK_SECRET

from .conftest import Till


def event(till: Till, **changed: Any) -> dict[str, Any]:
    payment = till.payments()[-1]
    about = {"id": payment.stripe_session_id, "metadata": {"payment_id": str(payment.id)}}
    told = {
        "id": "evt_1",
        "object": "event",
        "account": READY,
        "type": "checkout.session.completed",
        "data": {"object": about},
    }
    return told | changed


def send(app: Flask, told: Any, *, age: int = 0, secret: str = WEBHOOK_SECRET) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    header = signature(body, secret=secret, at=int(time.time()) - age)
    return app.test_client().post(
        "/webhooks/stripe", data=body, headers={"Stripe-Signature": header}
    )


def kept(till: Till) -> list[StripeEvent]:
    with till.deps.database.transaction(till.world.maker_id) as session:
        return list(session.scalars(select(StripeEvent)))


@pytest.mark.rule("R123")
def test_it_is_stored_and_answered_before_it_is_worked(till: Till, app: Flask) -> None:
    till.stripe.turn(webhooks="never")
    session_id = till.open()
    till.press(session_id, "pay")
    asked = len(till.stripe.requests())

    assert send(app, event(till)).status_code == 200
    assert len(till.stripe.requests()) == asked
    assert till.states() == ["open"]
    [stored] = kept(till)
    assert (stored.id, stored.payment_id) == ("evt_1", till.payments()[0].id)

    till.work(10)
    assert till.states() == ["placed"]


@pytest.mark.rule("R123")
def test_five_repeats_are_worked_once(till: Till, app: Flask) -> None:
    till.open()
    assert {send(app, event(till)).status_code for _ in range(5)} == {200}

    assert len(kept(till)) == 1
    with till.deps.database.transaction() as session:
        count = "select count(*) from outbound_call where kind = 'stripe_webhook'"
        assert session.scalar(text(count)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "whsec_of_somebody_else"},
        {"age": 301},
        {"secret": ""},
    ],
)
def test_a_wrong_or_old_signature_is_refused(till: Till, app: Flask, wrong: dict[str, Any]) -> None:
    till.open()
    assert send(app, event(till), **wrong).status_code == 400
    assert kept(till) == []


def test_a_changed_body_an_unsigned_one_and_no_json_are_refused(till: Till, app: Flask) -> None:
    till.open()
    body = json.dumps(event(till)).encode()
    header = signature(body, secret=WEBHOOK_SECRET, at=int(time.time()))
    client = app.test_client()
    for data, headers in (
        (body + b" ", {"Stripe-Signature": header}),
        (body, {}),
        (body, {"Stripe-Signature": "t=x,v1=y"}),
    ):
        reply = client.post("/webhooks/stripe", data=data, headers=headers)
        assert reply.status_code == 400
    for junk in (b"\xff\xfe", b"[]", b"nothing", b""):
        assert send(app, junk).status_code == 400
    assert kept(till) == []


@pytest.mark.rule("R203")
def test_another_account_cannot_speak_for_a_payment(till: Till, app: Flask) -> None:
    till.open()
    for account in ("acct_demo_nopayouts", "acct_of_nobody", None):
        assert send(app, event(till, account=account)).status_code == 200
    assert kept(till) == []
    with till.deps.database.transaction() as session:
        session.execute(
            text("insert into stripe_accounts values ('acct_demo_nopayouts', :maker)"),
            {"maker": till.world.maker_id},
        )
    send(app, event(till, account="acct_demo_nopayouts"))
    assert [each.payment_id for each in kept(till)] == [None]


def test_what_a_webhook_says_is_not_believed(till: Till, app: Flask) -> None:
    till.open()
    told = event(till)
    told["data"]["object"] |= {"payment_status": "paid", "status": "complete"}
    send(app, told)
    till.work(60)

    assert till.orders() == []
    assert till.states() == ["open"]


@pytest.mark.rule("R119")
def test_a_changed_account_is_asked_for_and_stored(till: Till) -> None:
    till.stripe.put_account(READY, name="NORD", payouts_enabled=False)
    till.work(10)
    assert till.shopper.put("01930000-0000-7000-8000-000000000101", 1).status_code == 200

    page = till.shopper.open_checkout()
    assert "stripe" not in page.split("<form", 1)[1]


def test_three_days_late_changes_nothing(till: Till, app: Flask) -> None:
    session_id = till.open()
    till.press(session_id, "pay")
    till.come_back()
    late = event(till, id="evt_late", created=int(time.time()) - 3 * 86400)
    assert send(app, late).status_code == 200
    till.work(60)

    assert len(till.orders()) == 2
    till.check_books()


def test_wrong_signatures_of_the_twin_leave_the_watch_to_find_the_payment(till: Till) -> None:
    till.stripe.turn(signature="bad", tries=1)
    till.press(till.open(), "pay")
    assert {a for d in till.stripe.deliveries() for a in d["answers"]} == {400}
    till.work(60)

    assert till.states() == ["placed"]
    till.check_books()
