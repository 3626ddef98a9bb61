"""Staff's changes are written down: who, when, what, before and after; owners read it."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import checkout
from checkout.deps import Deps
from checkout.store.models import AuditEntry, Order, RateGroupRow

from .conftest import AOYAMA, World, staff_client
from .test_shipping_settings import GROUP, RATE

API = "/api/checkout/v1"
Placed = Callable[..., list[Order]]
USECASES = Path(str(checkout.__file__)).parent / "usecases"


@pytest.fixture
def ada(app: Flask, deps: Deps, world: World) -> FlaskClient:
    return staff_client(app, deps, world, display_name="Ada")


def said(deps: Deps, world: World) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    with deps.database.transaction(world.maker_id) as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert {(row.actor_name, row.actor_kind) for row in rows} <= {("Ada", "staff")}
    return [(row.action, row.before, row.after) for row in rows]


@pytest.mark.rule("R198", "R143")
def test_changes_of_rates_say_what_they_were(ada: FlaskClient, deps: Deps, world: World) -> None:
    ada.post(f"/shipping/new?brand={world.brand_id}", data=GROUP)
    with deps.database.transaction(world.maker_id) as session:
        group = session.scalars(select(RateGroupRow)).one()
    here = f"/shipping/{group.id}"
    for _ in range(2):
        assert ada.post(here, data=GROUP | {"name": "Nippon"}).status_code == 303
    ada.post(f"{here}/rates/new", data=RATE)
    [rate] = ada.get(f"{API}/rate-groups/{group.id}").get_json()["rates"]
    body = {"code": "STD", "name": "宅配便", "fee": {"minor": 900, "currency": "JPY"}}
    assert ada.put(f"{API}/rate-groups/{group.id}/rates/{rate['id']}", json=body).status_code == 200
    ada.post(f"{here}/rates/{rate['id']}/delete")
    ada.delete(f"{API}/rate-groups/{group.id}")

    entries = said(deps, world)
    assert [action for action, *_ in entries] == [
        "rate_group_created", "rate_group_changed",
        "rate_added", "rate_changed", "rate_deleted", "rate_group_deleted",
    ]  # fmt: skip
    assert entries[1][1:] == ({"name": "Japan"}, {"name": "Nippon"})
    assert entries[3][1:] == (
        {"fee": "800 JPY", "maximum": "49999 JPY"},
        {"fee": "900 JPY", "maximum": None},
    )
    assert entries[4][1]["fee"] == "900 JPY"


@pytest.mark.rule("R111", "R198")
def test_changes_of_an_order_are_written_and_its_note_is_the_brands_alone(
    placed: Placed, shopper: Any, ada: FlaskClient, deps: Deps, world: World
) -> None:
    order = placed()[0]
    moved = AOYAMA | {"zip": "107-0062", "line1": "南青山6-2-2"}
    for _ in range(2):
        assert ada.put(f"{API}/orders/{order.id}/address", json=moved).status_code == 200
        noted = ada.post(f"/orders/{order.id}/note", data={"internal_note": " Ring twice "})
        assert noted.status_code == 303
    assert (
        ada.post(f"/orders/{order.id}/note", data={"internal_note": "x" * 2001}).status_code == 422
    )
    ada.post(f"/orders/{order.id}/ledger/transition/transition/retry")

    assert "Ring twice" in ada.get(f"/orders/{order.id}").text
    receipt = f"/checkout/k3Jx0sYw8mQz1LrT5vBn2A/receipts/{order.checkout_attempt_id}"
    assert "Ring twice" not in shopper.client.get(receipt).text
    entries = said(deps, world)
    assert [action for action, *_ in entries] == [
        "order_address_changed", "order_note_changed", "delivery_retried",
    ]  # fmt: skip
    assert entries[0][1]["address"]["line1"] == "南青山5-1-1"
    assert entries[0][2]["address"]["line1"] == "南青山6-2-2"
    assert entries[1][1:] == ({"internal_note": None}, {"internal_note": "Ring twice"})
    page = ada.get("/orders/audit?language=ja").text
    assert "<ins>バイヤーの移行</ins>" in page
    assert "<ins>transition</ins>" not in page


def test_changes_of_payment_settings_are_written(
    ada: FlaskClient, deps: Deps, world: World
) -> None:
    for value in ("yes", "yes", "no"):
        ada.post(f"/payments/{world.brand_id}/add-on", data={"active": value})
    page = {"commerce_page_url": "https://nord.example/law"}
    ada.post(f"/payments/{world.brand_id}/commerce-page", data=page)
    assert said(deps, world) == [
        ("card_add_on_switched", {"stripe_add_on": False}, {"stripe_add_on": True}),
        ("card_add_on_switched", {"stripe_add_on": True}, {"stripe_add_on": False}),
        ("commerce_page_changed", {"commerce_page_url": None}, page),
    ]


@pytest.mark.rule("R198", "R203")
def test_owners_read_it_by_page_and_api_and_nobody_else(
    ada: FlaskClient, app: Flask, deps: Deps, world: World
) -> None:
    for value in ("yes", "no"):
        ada.post(f"/payments/{world.brand_id}/add-on", data={"active": value})
    page = ada.get("/orders/audit?kind=card_payment").text
    assert page.count('class="audit__row"') == 2
    assert "Card add-on switched" in page
    assert "Ada" in page
    assert "audit__row" not in ada.get("/orders/audit?kind=order").text
    first = ada.get(f"{API}/audit?limit=1").get_json()
    assert first["entries"][0]["after"] == {"stripe_add_on": False}
    rest = ada.get(f"{API}/audit?after={first['next_after']}").get_json()
    assert [each["after"] for each in rest["entries"]] == [{"stripe_add_on": True}]

    for claims in ({"role": "admin"}, {"role": "member_read"}):
        other = staff_client(app, deps, world, **claims)
        assert other.get("/orders/audit").status_code == 403
        assert other.get(f"{API}/audit").status_code == 403
    stranger = staff_client(app, deps, world, brand_ids=[world.link_id])
    assert "audit__row" not in stranger.get("/orders/audit").text


def test_every_use_case_of_an_editor_writes_an_entry() -> None:
    for path in USECASES.glob("[a-z]*.py"):
        for function in ast.parse(path.read_text()).body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith(("_", "log_")):
                continue
            has_editor = any(each.arg == "by" for each in function.args.kwonlyargs)
            calls = {
                getattr(each.func, "id", "")
                for each in ast.walk(function)
                if isinstance(each, ast.Call)
            }
            is_logged = calls & {"_log", "log_change", "log_group", "log_order_change"}
            assert bool(is_logged) == has_editor, f"{path.stem}.{function.name}"
