"""All orders of a brand: filters, bulk retry, export; flat however many there are."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import Order
from checkout.store.order_search import Wanted, search_query, search_values, trust_the_indexes
from common.clock import utc_now
from common.tables import read_table
from twins.clients import NextEngineControl

from .conftest import Shopper, World, staff_client
from .test_next_engine import UPLOADS, hand_over, order_one, slip_of, step, work
from .test_next_engine import connected as connected  # noqa: PLC0414 - a fixture.

Placed = Callable[..., list[Order]]
API = "/api/checkout/v1/orders"
FILL = """
insert into orders (id, checkout_attempt_id, brand_id, order_number, state, catalog_id, catalog_name,
  link_id, buyer_id, buyer_name, buyer_kind, method, session_id, payment_method, language,
  total_minor, currency, units, snapshot, address_by_hand, submitted_at, completed_at, maker_id)
select uuidv7(make_interval(secs => n - :many)), checkout_attempt_id,
  case when n % 100 = 0 then cast(:rare as uuid) else brand_id end,
  'BULK-' || lpad(n::text, 8, '0'), state, gen_random_uuid(), catalog_name,
  case when n <= 20 then cast(:oldest as uuid) when n % 200 = 0 then cast(:rare as uuid)
  else link_id end, buyer_id, buyer_name, buyer_kind, method, session_id,
  payment_method, language, total_minor, currency, units, '{}', false, submitted_at, completed_at,
  maker_id
from (select * from orders limit 1) one, generate_series(1, :many) n"""
SLIPS = """
insert into next_engine_slips (id, brand_id, order_id, link_id, position, slip_number, state,
  waits_for_sign_in, attempts, changed_at, maker_id)
select gen_random_uuid(), brand_id, id, link_id, 1, order_number,
  case when right(order_number, 4) = '0007' then 'dead' else 'done' end, false, 1, now(), maker_id
from orders where order_number like 'BULK-%'"""


def numbers(page: str) -> set[str]:
    return {part.split("<")[0] for part in page.split("data-order-number>")[1:]}


def test_filters_choose_by_upload_link_and_days(
    placed: Placed, staff: Any, deps: Deps, world: World
) -> None:
    women, men = placed()
    both = {women.order_number, men.order_number}
    hand_over(deps)
    today = utc_now()
    day = f"{today + timedelta(hours=9):%Y-%m-%d}"
    assert numbers(staff.get("/orders?upload=not_uploaded").text) == both
    assert "No order fits" in staff.get("/orders?upload=failed").text
    assert numbers(staff.get(f"/orders?link={world.link_id}&brand={world.brand_id}").text) == both
    assert numbers(staff.get(f"/orders?link={uuid4()}").text) == set()
    assert numbers(staff.get(f"/orders?from={day}&to={day}").text) == both
    assert numbers(staff.get("/orders?to=2020-01-01").text) == set()
    assert numbers(staff.get("/orders?from=soon&brand=x&link=y&upload=z").text) == both
    since = (today + timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert staff.get(f"{API}?since={since}").get_json()["orders"] == []
    listed = staff.get(f"{API}?upload=not_uploaded").get_json()["orders"]
    assert {each["order_number"] for each in listed} == both
    states = {d["kind"]: d["state"] for d in listed[0]["deliveries"]}
    assert states == {"transition": "pending", "upload": "not_connected"}


@pytest.mark.rule("R185")
def test_bulk_retry_tries_what_failed_once(  # noqa: PLR0917
    shopper: Shopper,
    connected: Deps,
    control: NextEngineControl,
    session: Session,
    staff: Any,
    app: Flask,
    world: World,
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.order_fault("error", code="004001", endpoint=UPLOADS)
    step(connected)
    page = staff.get("/orders?upload=failed").text
    assert "Try the ticked orders again" in page
    assert f'value="{slip_of(session).order_id}" checked' in page
    chosen = {"order_id": [str(slip_of(session).order_id)] * 3 + [str(uuid4()), "no id"]}
    reader = staff_client(app, connected, world, role="member_read")
    assert reader.post("/orders/retries", data=chosen).status_code == 403
    for _ in range(3):
        assert staff.post("/orders/retries", data=chosen).status_code == 303
    ids = {"order_ids": [str(slip_of(session).order_id)]}
    assert staff.post(f"{API}/retries", json=ids).get_json() == {"orders_tried": 0}
    work(connected, control)
    session.expire_all()
    assert slip_of(session).state == "done"
    assert len(control.uploads_of("NORD-00000001")) == 1


@pytest.mark.rule("R182", "R184")
def test_an_order_without_address_is_not_ticked_for_another_try(  # noqa: PLR0917
    shopper: Shopper,
    connected: Deps,
    control: NextEngineControl,
    session: Session,
    staff: Any,
    world: World,
) -> None:
    world.link["address_shown"] = False
    order_one(shopper)
    hand_over(connected)
    work(connected, control)
    page = " ".join(staff.get("/orders").text.split())
    assert f'value="{slip_of(session).order_id}" aria-label' in page
    assert "Add the address on the order; the upload then starts by itself." in page


def test_export_gives_the_lines_as_rows_and_no_formula(placed: Placed, staff: Any) -> None:
    women, men = placed(comment="=HYPERLINK(1)", po_number="+81")
    reply = staff.get("/orders/export.csv")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert [row["Order"] for row in rows] == [men.order_number, women.order_number]
    assert {row["Comment"] for row in rows} == {"'=HYPERLINK(1)"}
    assert rows[1]["Quantity"] == "3"
    assert rows[1]["Unit price"] == "4080"
    table = read_table(staff.get(f"/orders/export.xlsx?q={men.order_number}").data)
    [row] = table.rows
    assert (row["Order"], row["Comment"]) == (men.order_number, "=HYPERLINK(1)")
    assert staff.get("/orders/export.pdf").status_code == 404


@pytest.mark.rule("R203")
def test_an_export_holds_no_other_brands_orders(
    placed: Placed, app: Flask, deps: Deps, world: World
) -> None:
    placed()
    stranger = staff_client(app, deps, world, brand_ids=[uuid4()])
    assert stranger.get("/orders/export.csv").data.count(b"\r\n") == 1


@pytest.mark.counts_blocks
def test_every_page_reads_few_blocks_of_very_many_orders(
    placed: Placed, deps: Deps, world: World
) -> None:
    """30,000 here; the same at 1,000,000, for each plan walks an index and stops."""
    placed()
    rare, oldest = uuid4(), uuid4()
    with deps.database.transaction(world.maker_id) as session:
        session.execute(text(FILL), {"many": 30_000, "rare": rare, "oldest": oldest})
        session.execute(text(SLIPS))
    brands = [world.brand_id, rare]
    asked = [
        Wanted(brand_ids=brands),
        Wanted(brand_ids=[rare]),
        Wanted(brand_ids=brands, upload="failed"),
        Wanted(brand_ids=brands, upload="done"),
        Wanted(brand_ids=brands, link_id=rare),
        Wanted(brand_ids=brands, link_id=rare, upload="done"),
        Wanted(brand_ids=brands, link_id=oldest, upload="done"),
        Wanted(brand_ids=brands, link_id=world.link_id, upload="failed"),
        Wanted(brand_ids=brands, number="BULK-00000500"),
        Wanted(brand_ids=brands, until=utc_now() - timedelta(hours=4)),
        Wanted(brand_ids=brands, upload="done", until=utc_now() - timedelta(hours=4)),
    ]
    for wanted in asked:
        with deps.database.transaction(world.maker_id) as session:
            trust_the_indexes(session)
            query = text("explain (analyze, buffers, format json) " + str(search_query(wanted)))
            [plan] = session.execute(query, search_values(wanted)).scalar_one()
        blocks = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
        assert blocks < 400, (wanted, blocks, plan)
        assert plan["Plan"]["Actual Rows"] > 0, wanted
