"""Rate groups and rates, as staff keep them on pages and over JSON (R135 to R143)."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import Order, RateGroupRow
from checkout.store.shipping import read_groups

from .conftest import Shopper, World, sku, staff_client

GROUP = {"code": "JP", "name": "Japan", "currency": "JPY", "country": "JP", "is_enabled": "yes"}
RATE = {"code": "STD", "name": "宅配便", "fee": "８００", "minimum": "", "maximum": "49,999"}
API = "/api/checkout/v1/rate-groups"


@pytest.fixture
def staff(app: Flask, deps: Deps, world: World) -> Any:
    return staff_client(app, deps, world)


def make_group(staff: Any, session: Session, world: World, **changed: str) -> RateGroupRow:
    made = staff.post(f"/shipping/new?brand={world.brand_id}", data=GROUP | changed)
    assert made.status_code == 303, made.text[:3000]
    session.expire_all()
    return session.scalars(select(RateGroupRow).order_by(RateGroupRow.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.rule("R135", "R136")
def test_a_group_is_made_and_changed_but_keeps_its_currency(
    staff: Any, session: Session, world: World
) -> None:
    group = make_group(staff, session, world)
    assert (group.code, group.currency, group.country) == ("JP", "JPY", "JP")
    changed = GROUP | {"name": "Everywhere", "country": "", "currency": "USD"}
    assert staff.post(f"/shipping/{group.id}", data=changed).status_code == 303
    session.refresh(group)
    assert (group.name, group.country, group.currency) == ("Everywhere", None, "JPY")
    body = {"code": "JP", "name": "Everywhere", "currency": "USD"}
    refused = staff.put(f"{API}/{group.id}", json=body)
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "R135")


@pytest.mark.rule("R135")
def test_a_wrong_group_says_so_at_its_field_and_keeps_what_was_typed(
    staff: Any, world: World
) -> None:
    page = staff.post(
        f"/shipping/new?brand={world.brand_id}", data=GROUP | {"code": "", "currency": "SEK"}
    )
    assert page.status_code == 422
    assert 'id="code-error"' in page.text
    assert "Choose one of the enabled currencies." in page.text
    assert 'value="Japan"' in page.text


@pytest.mark.rule("R137", "R138", "R139")
def test_a_rate_is_kept_as_typed_and_makes_the_group_usable(
    staff: Any, session: Session, world: World
) -> None:
    group = make_group(staff, session, world)
    [before] = read_groups(session, brand_id=world.brand_id).values()
    assert not before.is_usable
    sent = RATE | {"prefectures": ["北海道", "沖縄県"]}
    assert staff.post(f"/shipping/{group.id}/rates/new", data=sent).status_code == 303
    session.expire_all()
    session.refresh(group)
    [after] = read_groups(session, brand_id=world.brand_id).values()
    assert after.is_usable
    [rate] = after.rates
    assert (rate.fee.minor, rate.minimum, rate.maximum.minor) == (800, None, 49_999)  # type: ignore[union-attr]
    assert rate.prefectures == {"北海道", "沖縄県"}
    page = staff.get(f"/shipping/{group.id}").text
    assert "宅配便" in page
    assert "¥800" in page
    form = staff.get(f"/shipping/{group.id}/rates/{group.rates[0].id}?language=ja").text
    assert re.search(r'value="沖縄県" checked', form)
    assert 'value="49999"' in form
    for path in ("/shipping", "/shipping/new", f"/shipping/{group.id}/rates/new"):
        assert staff.get(f"{path}?language=ja").status_code == 200


@pytest.mark.rule("R139")
def test_a_group_whose_rates_name_prefectures_stays_in_japan(
    staff: Any, session: Session, world: World
) -> None:
    group = make_group(staff, session, world)
    staff.post(f"/shipping/{group.id}/rates/new", data=RATE | {"prefectures": ["沖縄県"]})
    moved = staff.post(f"/shipping/{group.id}", data=GROUP | {"country": "US"})
    assert moved.status_code == 422
    assert "it can be for Japan only" in moved.text


@pytest.mark.rule("R142", "R143")
def test_deleting_a_rate_is_final_and_leaves_placed_orders_alone(
    staff: Any, session: Session, world: World, app: Flask, deps: Deps
) -> None:
    group = make_group(staff, session, world)
    staff.post(f"/shipping/{group.id}/rates/new", data=RATE)
    session.refresh(group)
    [rate] = group.rates
    world.link["shipping_rows"] = [
        {"currency": "JPY", "country": "JP", "rate_group_id": str(group.id)}
    ]
    shopper = Shopper(app, deps, world)
    shopper.put(sku(1), 2)
    assert shopper.send(shopper.form()).status_code == 303
    base = f"/shipping/{group.id}/rates/{rate.id}"
    assert staff.post(f"{base}/delete").status_code == 303
    assert staff.get(base).status_code == 404
    shopper.put(sku(1), 1)
    assert shopper.send(shopper.form()).status_code == 303
    session.expire_all()
    before, after = session.scalars(select(Order).order_by(Order.id))
    assert before.snapshot["shipping"]["fee"]["minor"] == 800
    assert after.snapshot["shipping"] is None


@pytest.mark.rule("R16", "R203")
def test_groups_are_walled_off(
    staff: Any, session: Session, world: World, app: Flask, deps: Deps
) -> None:
    group = make_group(staff, session, world)
    stranger = staff_client(app, deps, world, brand_ids=[world.link["link_id"]])
    reader = staff_client(app, deps, world, role="member_read")
    for path in (f"/shipping/{group.id}", f"{API}/{group.id}"):
        assert stranger.get(path).status_code == 404
        assert reader.get(path).status_code == 200
    assert stranger.post(f"/shipping/{group.id}/delete").status_code == 404
    assert reader.post(f"/shipping/{group.id}/delete").status_code == 403
    assert reader.post(f"/shipping/{group.id}/rates/new", data=RATE).status_code == 403


@pytest.mark.rule("R135", "R137", "R142")
def test_the_api_does_what_the_pages_do(staff: Any, world: World) -> None:
    body = {"brand_id": str(world.brand_id), "code": "US", "name": "USA", "currency": "USD"}
    made = staff.post(API, json=body)
    assert made.status_code == 201, made.text
    group = made.get_json()["id"]
    assert staff.post(API, json=body).get_json()["errors"][0]["code"] == "taken"
    fee = {"minor": 4500, "currency": "USD"}
    rate = {"code": "GROUND", "name": "Ground", "fee": fee}
    made = staff.post(f"{API}/{group}/rates", json=rate)
    assert made.status_code == 201, made.text
    url = f"{API}/{group}/rates/{made.get_json()['id']}"
    yen = rate | {"fee": {"minor": 1, "currency": "JPY"}}
    assert staff.put(url, json=yen).get_json()["errors"][0]["field"] == "fee"
    assert staff.put(url, json=rate | {"name": "Truck"}).get_json()["name"] == "Truck"
    [shown] = staff.get(API).get_json()["rate_groups"]
    assert [each["name"] for each in shown["rates"]] == ["Truck"]
    assert staff.delete(url).status_code == 204
    assert staff.delete(f"{API}/{group}").status_code == 204
    assert staff.get(f"{API}/{group}").status_code == 404
