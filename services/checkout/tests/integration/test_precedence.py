"""Link over catalog, the one fallback, and when the address is asked for."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.brands import enter_brand
from checkout.store.models import Order, RateGroupRow, ShippingRateRow
from common.ids import new_id
from common.service_tokens import TokenMaker
from common.testing import make_keys

from .conftest import MEN, TOKEN, Shopper, World, sku

Row = dict[str, Any]


def make_group(
    deps: Deps,
    world: World,
    *,
    fee: int = 800,
    country: str | None = "JP",
    currency: str = "JPY",
    has_rate: bool = True,
    **changed: Any,
) -> Row:
    """Write a rate group of the brand; return a shipping row that names it."""
    group = RateGroupRow(
        maker_id=world.maker_id,
        brand_id=world.brand_id,
        code=f"G{new_id().hex[-6:]}",
        name="Standard",
        currency=currency,
        country=country,
        is_enabled=changed.pop("is_enabled", True),
    )
    with deps.database.transaction(world.maker_id) as session:
        enter_brand(session, brand_id=world.brand_id, maker_id=world.maker_id)
        session.add(group)
        session.flush()
        if has_rate:
            session.add(
                ShippingRateRow(
                    maker_id=world.maker_id,
                    rate_group_id=group.id,
                    code="STD",
                    name="Courier",
                    fee_minor=fee,
                    **changed,
                )
            )
    return {"currency": currency, "country": country, "rate_group_id": str(group.id)}


@pytest.fixture
def filled(shopper: Shopper) -> Shopper:
    shopper.put(sku(1), 3)
    return shopper


def fees(session: Session) -> list[int | None]:
    orders = session.scalars(select(Order).order_by(Order.order_number))
    parts = [order.snapshot["shipping"] for order in orders]
    return [part["fee"]["minor"] if part and part["fee"] else None for part in parts]


@pytest.mark.rule("R85", "R86", "R90")
def test_the_links_shipping_wins_for_every_catalog(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    world.link["shipping_rows"] = [make_group(deps, world, fee=800)]
    world.catalog_rows = [make_group(deps, world, fee=5)]
    filled.put(sku(3), 1, catalog=MEN)
    assert filled.order().status_code == 303
    assert fees(session) == [800, 800]


@pytest.mark.rule("D4", "R89", "R91")
def test_with_no_usable_row_on_the_link_each_catalogs_own_are_used(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    gone = {"currency": "JPY", "country": "JP", "rate_group_id": str(new_id())}
    world.link["shipping_rows"] = [
        gone,
        make_group(deps, world, is_enabled=False),
        make_group(deps, world, has_rate=False),
    ]
    world.catalog_rows = [make_group(deps, world, fee=650)]
    assert filled.order().status_code == 303
    assert fees(session) == [650]


@pytest.mark.rule("D4", "R90")
def test_one_usable_row_for_another_currency_is_enough_to_leave_the_catalogs_alone(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    world.link["shipping_rows"] = [make_group(deps, world, currency="USD", country="US")]
    world.catalog_rows = [make_group(deps, world, fee=650)]
    page = filled.open_checkout()
    assert "No shipping fee calculated" in page
    assert filled.send(filled.form(page)).status_code == 303
    assert fees(session) == [None]
    shipping = session.scalars(select(Order)).one().snapshot["shipping"]
    assert shipping["note"] == "no_shipping_fee_calculated"


@pytest.mark.rule("R131")
def test_shipping_is_optional(filled: Shopper, session: Session, world: World) -> None:
    world.link["shipping_rows"] = []
    assert filled.order().status_code == 303
    assert session.scalars(select(Order)).one().snapshot["shipping"] is None


@pytest.mark.rule("R141", "R143")
def test_the_fee_is_shown_added_and_stays_on_the_order(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    world.link["shipping_rows"] = [make_group(deps, world, fee=800)]
    page = filled.open_checkout()
    assert "¥800" in page
    assert "¥14,264" in page
    filled.send(filled.form(page))
    with deps.database.transaction(world.maker_id) as own:
        for rate in own.scalars(select(ShippingRateRow)):
            rate.fee_minor = 1
    order = session.scalars(select(Order)).one()
    assert order.total.minor == 14264


@pytest.mark.rule("R139", "R140")
def test_the_fee_follows_the_address_and_a_dearer_one_needs_a_tick(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    cheap = make_group(deps, world, fee=800)
    with deps.database.transaction(world.maker_id) as own:
        own.add(
            ShippingRateRow(
                maker_id=world.maker_id,
                rate_group_id=cheap["rate_group_id"],
                code="FAR",
                name="Islands",
                fee_minor=1600,
                prefectures=["沖縄県"],
            )
        )
    world.link["shipping_rows"] = [cheap]
    page = filled.open_checkout()
    reply = filled.send(filled.form(page, state="沖縄県", city="那覇市"))
    assert reply.status_code == 409
    assert "Shipping of Women: ¥800, now ¥1,600" in reply.text
    again = filled.form(reply.text, state="沖縄県", city="那覇市", agreed="yes")
    assert filled.send(again).status_code == 303
    assert fees(session) == [1600]


def test_counting_again_for_another_address_orders_nothing(
    filled: Shopper, world: World, deps: Deps, session: Session
) -> None:
    world.link["shipping_rows"] = [make_group(deps, world, fee=800)]
    reply = filled.send(filled.form(country="US", action="update"))
    assert reply.status_code == 200
    assert '<option value="CA">California</option>' in reply.text
    assert "No shipping fee calculated" in reply.text
    assert session.scalars(select(Order)).all() == []


@pytest.mark.rule("R98", "R109", "R110")
def test_shown_the_address_is_preselected_and_copied_to_the_order(
    filled: Shopper, world: World, session: Session
) -> None:
    page = filled.open_checkout()
    assert 'value="青山 花子"' in page
    assert filled.send(filled.form(page, addressee="青山 太郎")).status_code == 303
    world.buyer["addresses"] = []
    address = session.scalars(select(Order)).one().address
    assert address is not None
    assert address["addressee"] == "青山 太郎"
    assert address["zip"] == "107-0062"


@pytest.mark.rule("R99", "R103", "R107")
def test_hidden_the_field_is_not_there_and_a_sent_address_is_ignored(
    filled: Shopper, world: World, session: Session
) -> None:
    world.link["address_shown"] = False
    page = filled.open_checkout()
    assert 'name="zip"' not in page
    assert filled.send(filled.form(page)).status_code == 303
    assert session.scalars(select(Order)).one().address is None


@pytest.mark.rule("R100", "R102", "R104")
def test_shipping_forces_the_address_and_its_end_restores_hide(
    filled: Shopper, world: World, deps: Deps
) -> None:
    world.link["address_shown"] = False
    world.link["shipping_rows"] = [make_group(deps, world)]
    assert 'name="zip"' in filled.open_checkout()
    world.link["shipping_rows"] = []
    assert 'name="zip"' not in filled.open_checkout()


@pytest.mark.rule("R105")
def test_shipping_reached_by_fallback_forces_the_address_too(
    filled: Shopper, world: World, deps: Deps
) -> None:
    world.link["address_shown"] = False
    world.catalog_rows = [make_group(deps, world)]
    assert 'name="zip"' in filled.open_checkout()


@pytest.mark.rule("R92")
def test_no_other_setting_falls_back(filled: Shopper, world: World) -> None:
    """The catalog's sample shows the address; a hiding link hides it all the same."""
    world.link["address_shown"] = False
    assert 'name="zip"' not in filled.open_checkout()


@pytest.mark.rule("R106", "R108")
@pytest.mark.parametrize("part", ["addressee", "zip", "state", "city", "line1", "phone"])
def test_an_incomplete_address_is_refused(
    filled: Shopper, world: World, deps: Deps, session: Session, part: str
) -> None:
    world.link["address_shown"] = False
    world.link["shipping_rows"] = [make_group(deps, world)]
    reply = filled.order(**{part: " "})
    assert reply.status_code == 422
    assert f'id="{part}-error"' in reply.text
    assert session.scalars(select(Order)).all() == []


def test_what_was_typed_survives_a_refusal(filled: Shopper) -> None:
    reply = filled.order(phone="", comment="Ring twice & wait", city="渋谷区")
    assert "Ring twice &amp; wait" in reply.text
    assert 'value="渋谷区"' in reply.text


def test_a_link_without_any_way_to_pay_takes_no_order(
    filled: Shopper, world: World, session: Session
) -> None:
    world.link["payment_methods"] = ["stripe"]
    page = filled.open_checkout()
    assert "no way to pay" in page
    assert filled.send(filled.form(page)).status_code == 422
    assert session.scalars(select(Order)).all() == []


@pytest.mark.rule("R132")
def test_ordering_read_answers_which_groups_are_usable(
    app: Flask, deps: Deps, world: World
) -> None:
    usable = make_group(deps, world)
    empty = make_group(deps, world, has_rate=False)
    private, _public = make_keys()
    token = TokenMaker(service="links", private_key=private["links"]).token_for("checkout")
    reply = app.test_client().post(
        "/internal/v1/ordering/read",
        json={"brand_id": str(world.brand_id)},
        headers={"Authorization": f"Bearer {token}"},
    )
    answer = reply.get_json()
    assert answer["stripe_add_on"] is False
    assert answer["next_engine_connected"] is False
    told = {group["rate_group_id"]: group["is_usable"] for group in answer["rate_groups"]}
    assert told == {usable["rate_group_id"]: True, empty["rate_group_id"]: False}


def test_japanese_pages_speak_japanese(filled: Shopper) -> None:
    page = filled.client.get(f"/checkout/{TOKEN}?language=ja").text
    assert "注文を確定する" in page
    assert "Place order" not in page
