"""The order confirmation as a PDF: whose, in which language, and out of nothing but the order."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from checkout.deps import Deps
from checkout.store.models import Order
from checkout.web.confirmation.words import confirmation_words

from .conftest import TOKEN, MakeShopper, Shopper, World, staff_client

Placed = Callable[..., list[Order]]


@pytest.mark.rule("R160", "R203")
def test_only_brand_and_who_ordered_get_the_pdf(  # noqa: PLR0917
    placed: Placed, shopper: Shopper, make_shopper: MakeShopper, staff: Any, app: Flask,
    deps: Deps, world: World,
) -> None:  # fmt: skip
    order = placed(comment="#panic() *bold* $x$ 髙島屋")[0]
    world.brand["name"] = "Renamed since"
    pdf = staff.get(f"/orders/{order.id}/confirmation.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Type"] == "application/pdf"
    fonts = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", pdf.data))
    ours = {b"NotoSansJP", b"InstrumentSerif"}
    assert {name.partition(b"-")[0] for name in fonts} == ours, "none of the machine's"
    own = f"/checkout/{TOKEN}/receipts/{order.checkout_attempt_id}/{order.id}.pdf"
    assert shopper.client.get(own).data.startswith(b"%PDF-")
    assert make_shopper().client.get(own).status_code == 404
    stranger = staff_client(app, deps, world, brand_ids=[uuid4()])
    assert stranger.get(f"/orders/{order.id}/confirmation.pdf").status_code == 404


@pytest.mark.rule("R110")
def test_it_says_what_was_agreed_in_the_language_that_is_spoken(
    placed: Placed, app: Flask, world: World
) -> None:
    order = placed(po_number="PO-7")[0]
    with app.test_request_context("/?language=ja"):
        said = confirmation_words(order)
    assert said["title"] == "注文確認書"
    assert said["lines"][0]["amount"] == "￥12,240"
    assert said["total"]["amount"] == "￥13,464"
    assert said["blocks"][1]["lines"][:2] == ["〒107-0062", "東京都港区南青山5-1-1"]
    assert [note["text"] for note in said["notes"]] == ["PO-7"]
