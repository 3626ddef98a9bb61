"""A desired delivery day and a note on a line: from the cart to everything an order says."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.domain.next_engine.csv import slip_file
from checkout.domain.next_engine.slip import slips_of
from checkout.store.models import Order, OrderLine
from checkout.usecases.slip_order import slip_order
from checkout.web.confirmation.words import confirmation_words

from .conftest import TOKEN, WOMEN, Shopper, World, events_of, sku

Placed = Callable[..., list[Order]]
YEAR = datetime.now(UTC).year + 1
DAY, NOTE = f"{YEAR}-03-01", "Tags for <b>Aoyama</b>, please"


def cell(field: str, number: int = 1) -> str:
    return f"{field}.{WOMEN}.{sku(number)}"


def test_a_field_that_is_left_out_stays_and_an_empty_one_goes(shopper: Shopper) -> None:
    shopper.put(sku(1), 3, desired_on=DAY, note=f"  {NOTE}  ")
    shopper.put(sku(1), 5)
    [line] = shopper.lines()["lines"]
    assert (line["quantity"], line["desired_on"], line["note"]) == (5, DAY, NOTE)
    shopper.put(sku(1), 5, desired_on=None, note="")
    [line] = shopper.lines()["lines"]
    assert (line["desired_on"], line["note"]) == (None, None)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"desired_on": f"01/03/{YEAR}"}, "desired_on"),
        ({"desired_on": "2020-03-01"}, "desired_on"),
        ({"desired_on": "2999-03-01"}, "desired_on"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_wrong_wish_is_refused_at_its_field(
    shopper: Shopper, wish: dict[str, Any], field: str
) -> None:
    reply = shopper.put(sku(1), 3, **wish)
    assert reply.status_code == 422
    assert [error["field"] for error in reply.get_json()["errors"]] == [field]
    assert shopper.lines()["lines"] == []


def test_without_scripts_a_wrong_field_keeps_what_was_typed(shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(2), 1)
    sent = {cell("quantity"): "4", cell("desired_on"): "soon", cell("note"): NOTE}
    reply = shopper.client.post(f"/cart/{TOKEN}", data=sent)
    assert reply.status_code == 422
    assert 'value="soon"' in reply.text
    assert "A day such as 2027-03-01." in reply.text
    assert "Tags for &lt;b&gt;Aoyama" in reply.text
    assert shopper.lines()["lines"][0]["quantity"] == 3

    sent |= {cell("desired_on"): DAY, cell("quantity", 2): "many"}
    assert "A whole number" in shopper.client.post(f"/cart/{TOKEN}", data=sent).text
    sent |= {cell("quantity", 2): "0", cell("desired_on", 2): "no matter"}
    assert shopper.client.post(f"/cart/{TOKEN}", data=sent).status_code == 303
    [line] = shopper.lines()["lines"]
    assert (line["quantity"], line["desired_on"], line["note"]) == (4, DAY, NOTE)


def test_it_is_frozen_with_the_quote_and_a_change_needs_consent(shopper: Shopper) -> None:
    shopper.put(sku(1), 3, desired_on=DAY, note=NOTE)
    form = shopper.form()
    shopper.put(sku(1), 3, note="Another")
    answer = shopper.send(form)
    assert answer.status_code == 409
    assert "now “Another”" in answer.text
    assert shopper.order().status_code == 303


@pytest.mark.rule("R60")
def test_page_api_event_export_and_pdf_say_it(
    shopper: Shopper, placed: Placed, staff: Any, deps: Deps, session: Session
) -> None:
    shopper.put(sku(1), 3, desired_on=DAY, note=NOTE)
    order = placed()[0]
    row = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    assert (str(row.desired_on), row.note) == (DAY, NOTE)
    [line, *_] = events_of(deps, "checkout.order_completed.v1")[0]["payload"]["lines"]
    assert (line["desired_on"], line["note"]) == (DAY, NOTE)
    page = staff.get(f"/orders/{order.id}").text
    assert f"Delivery wanted by Mar 1, {YEAR}" in page
    assert "Tags for &lt;b&gt;Aoyama" in page
    [said] = staff.get(f"/api/checkout/v1/orders/{order.id}").get_json()["lines"]
    assert (said["desired_on"], said["note"]) == (DAY, NOTE)
    exported = staff.get("/orders/export.csv").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(exported, newline="")))
    assert {(r["Desired delivery"], r["Line note"]) for r in rows} == {(DAY, NOTE), ("", "")}
    with shopper.client.application.test_request_context("/?language=ja"):
        [line] = confirmation_words(order)["lines"]
    assert line["wishes"] == [f"希望納期：{YEAR}/03/01", f"備考：{NOTE}"]


def test_a_day_that_went_by_in_the_cart_is_asked_for_again(
    shopper: Shopper, deps: Deps, world: World
) -> None:
    shopper.put(sku(1), 3, desired_on=DAY)
    with deps.database.transaction(world.maker_id) as session:
        session.execute(text("update cart_lines set desired_on = '2020-03-01'"))
    page = shopper.client.get(f"/cart/{TOKEN}").text
    assert "The desired delivery date has passed." in page
    assert "Go to checkout" not in page
    assert shopper.put(sku(1), 4).status_code == 200
    assert shopper.put(sku(1), 4, desired_on="").status_code == 200
    assert "Go to checkout" in shopper.client.get(f"/cart/{TOKEN}").text


@pytest.mark.rule("D22")
def test_next_engine_gets_one_day_in_its_column_and_more_in_the_note(
    shopper: Shopper, placed: Placed, app: Any
) -> None:
    shopper.put(sku(1), 3, desired_on=DAY, note="A")
    one = slip_order(placed(comment="Thanks")[0])
    [row] = csv.DictReader(io.StringIO(slip_file(slips_of(one)[0]).content.decode("cp932")))
    assert (row["日付指定"], row["備考"]) == (f"{YEAR}/03/01", "Thanks / TEE-01: A")

    shopper.put(sku(1), 3, desired_on=DAY, note="A")
    shopper.put(sku(2), 1, desired_on=f"{YEAR}-04-01")
    several = slip_order(placed()[-2])
    first = next(
        csv.DictReader(io.StringIO(slip_file(slips_of(several)[0]).content.decode("cp932")))
    )
    assert first["日付指定"] == ""
    assert first["備考"] == f"TEE-01: 希望日 {YEAR}/03/01 A / TEE-02: 希望日 {YEAR}/04/01"
