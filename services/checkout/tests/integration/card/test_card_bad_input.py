"""Whatever is sent to the routes of card payment, nothing breaks and nothing is believed."""

import json
import time
from typing import Any

import pytest
from flask import Flask

from twins.stripe.postman import signature
from twins.stripe.world import READY, WEBHOOK_SECRET

from ..conftest import TOKEN
from .conftest import Till

NONE = "01930000-0000-7000-8000-00000000dead"
ODD = ("", "\x00", "💳" * 3000, "../..", "{}", "[]", "1e999", "' or 1=1", "null")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_settings_refuse_odd_values(till: Till, odd: str) -> None:
    here = f"/payments/{till.world.brand_id}"
    for path, name in (
        ("account", "account_id"),
        ("commerce-page", "commerce_page_url"),
        ("add-on", "active"),
    ):
        assert till.staff.post(f"{here}/{path}", data={name: odd}).status_code in (303, 400, 422)
    api = f"/api/checkout/v1/card-payment/{till.world.brand_id}"
    for name in ("account_id", "commerce_page_url", "is_active"):
        body = {"account_id": None, "commerce_page_url": None, "is_active": True} | {name: odd}
        assert till.staff.put(api, json=body).status_code in (200, 400, 422)
    asked = till.staff.get("/api/checkout/v1/card-payment/payments", query_string={"brand_id": odd})
    assert asked.status_code in (200, 422)


@pytest.mark.rule("R160")
def test_payments_that_are_not_there_are_not_found(till: Till) -> None:
    for path in (f"/checkout/{TOKEN}/payments/{NONE}", f"/checkout/x/payments/{NONE}"):
        assert till.shopper.client.get(path).status_code == 404
        assert till.shopper.client.get(f"{path}/page").status_code == 404
        assert till.shopper.client.post(f"{path}/check").status_code == 404
    reply = till.confirm()
    other = reply.location.replace(TOKEN, "anotherToken0000000000")
    assert till.shopper.client.get(other).status_code == 404


@pytest.mark.rule("R160", "R33")
def test_who_is_not_signed_in_is_led_to_the_gate(till: Till, app: Flask) -> None:
    reply = till.confirm()
    stranger = app.test_client().get(reply.location)
    assert (stranger.status_code, stranger.location) == (302, f"/l/{TOKEN}")
    assert app.test_client().get("/payments").location.startswith("/signin")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"id": "evt_1", "account": READY},
        {"id": None, "account": READY, "type": "x", "data": None},
        {"id": "evt_1", "account": READY, "type": "x", "data": {"object": []}},
        {"id": "evt_1", "account": READY, "type": "x", "data": {"object": {"metadata": "x"}}},
        {"id": "evt_1", "account": READY, "type": "x", "data": {"object": {"metadata": {}}}},
        {
            "id": "evt_1",
            "account": READY,
            "type": "account.updated",
            "data": {"object": {"metadata": {"payment_id": NONE}}},
        },
        {"id": "evt_\x00", "account": READY, "type": "x"},
        {"id": "evt_1", "account": {"id": READY}, "type": "x"},
    ],
)
def test_signed_webhooks_of_odd_shapes_are_answered(till: Till, app: Flask, told: Any) -> None:
    body = json.dumps(told).encode()
    header = signature(body, secret=WEBHOOK_SECRET, at=int(time.time()))
    reply = app.test_client().post(
        "/webhooks/stripe", data=body, headers={"Stripe-Signature": header}
    )
    assert reply.status_code in (200, 400)
    till.work(10)
    assert till.payments() == []
