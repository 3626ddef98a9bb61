"""Connecting by NEXT ENGINE's sign-in, as a person's browser does it, against the twin."""

import re
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.app import create_app
from checkout.deps import Deps
from checkout.store.models import NextEngineCompany, NextEngineConnection
from common.testing import app_on
from twins.clients import NextEngineControl

from .conftest import Shopper, World, staff_client
from .test_next_engine import hand_over, order_one, slip_of, step, work

SHOP = "2:11"


@pytest.fixture
def here(deps: Deps, twin: str, control: NextEngineControl) -> Deps:
    """Give the service registered at the twin as its app."""
    app = control.app()
    control.change_app(redirect_uri=f"{deps.settings.public_url}/next-engine/callback")
    settings = replace(
        deps.settings,
        next_engine_api_url=twin,
        next_engine_login_url=twin,
        next_engine_client_id=app["client_id"],
        next_engine_client_secret=app["client_secret"],
    )
    return replace(deps, settings=settings)


@pytest.fixture
def app(here: Deps) -> Flask:
    return app_on(create_app, here, TESTING=True, WTF_CSRF_METHODS=[])


def return_of(client: FlaskClient, company: str | None = None) -> str:
    """Follow the page's link to their sign-in; return the path that the browser comes back to."""
    found = re.search(r'href="(http[^"]+/users/sign_in/[^"]+)"', client.get("/next-engine").text)
    assert found
    url = found.group(1).replace("&amp;", "&") + (f"&company={company}" if company else "")
    reply = httpx.get(url, trust_env=False)
    assert reply.status_code == 302, reply.text
    back = httpx.URL(reply.headers["Location"])
    return f"{back.path}?{back.query.decode()}"


def visit_of(client: FlaskClient, company: str | None = None) -> str:
    """Come back and go on to the question; return its path."""
    back = return_of(client, company)
    assert "Continue" in client.get(back).text
    form = dict(httpx.QueryParams(back.partition("?")[2]))
    reply = client.post("/next-engine/callback", data=form)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["Location"])


def connect(client: FlaskClient, world: World, destination: str = SHOP) -> str:
    form = {"brand_id": str(world.brand_id), "destination": destination}
    path = visit_of(client)
    reply = client.post(path, data=form)
    assert reply.status_code == 303, reply.text
    shown = client.get("/next-engine").text
    assert client.get(path).status_code == 404
    return shown


@pytest.mark.rule("R187")
def test_nothing_is_stored_before_the_company_is_confirmed(
    staff: FlaskClient, session: Session, here: Deps, control: NextEngineControl, world: World
) -> None:
    path = visit_of(staff)
    page = staff.get(path).text
    assert "Connect 例示商店?" in page
    assert "自社サイト 卸" in page
    assert "閉店した店舗" not in page
    assert session.scalars(select(NextEngineConnection)).all() == []
    shown = connect(staff, world)
    assert "例示商店 is connected." in shown
    assert "3 days" in shown
    row = session.scalars(select(NextEngineConnection)).one()
    assert (row.company_id, row.state) == ("NE_EXAMPLE_1", "connected")
    assert b"at_" not in row.access_token


@pytest.mark.rule("R187")
def test_after_a_new_sign_in_waiting_uploads_go_on_by_themselves(  # noqa: PLR0917
    shopper: Shopper,
    staff: FlaskClient,
    here: Deps,
    control: NextEngineControl,
    world: World,
    session: Session,
) -> None:
    connect(staff, world)
    order_one(shopper)
    hand_over(here)
    control.advance_clock(hours=80)
    step(here)
    assert slip_of(session).waits_for_sign_in
    page = staff.get("/next-engine").text
    assert "NEXT ENGINE no longer lets us in" in page
    assert "1 upload waits." in page
    assert "1 waiting upload starts again." in connect(staff, world)
    work(here, control)
    session.expire_all()
    assert slip_of(session).state == "done"
    assert len(control.slips(slip="NORD-00000001")) == 1


@pytest.mark.rule("D22")
def test_a_shop_that_keeps_prices_with_tax_is_refused_naming_the_setting(
    staff: FlaskClient, world: World, control: NextEngineControl, here: Deps, session: Session
) -> None:
    path = visit_of(staff)
    reply = staff.post(path, data={"brand_id": str(world.brand_id), "destination": "3:13"})
    assert reply.status_code == 422
    assert "This shop keeps prices with tax" in reply.text
    assert "税込 to 税抜" in reply.text
    assert session.scalars(select(NextEngineConnection)).all() == []


@pytest.mark.rule("R187")
def test_another_makers_company_is_never_taken_over(
    staff: FlaskClient, world: World, control: NextEngineControl, here: Deps
) -> None:
    with here.database.transaction() as other:
        other.add(NextEngineCompany(company_id="NE_EXAMPLE_1", maker_id=uuid4()))
    path = visit_of(staff)
    reply = staff.post(path, data={"brand_id": str(world.brand_id), "destination": SHOP})
    assert reply.status_code == 409


def test_disconnecting_erases_the_tokens_and_new_orders_stay_here(
    staff: FlaskClient, world: World, here: Deps, shopper: Shopper, session: Session
) -> None:
    connect(staff, world)
    reply = staff.post(f"/next-engine/{world.brand_id}/disconnect")
    assert reply.status_code == 303
    assert session.scalars(select(NextEngineConnection)).all() == []
    assert session.scalars(select(NextEngineCompany)).all() == []
    order_one(shopper)
    hand_over(here)
    assert slip_of(session).state == "not_connected"


@pytest.mark.rule("R16", "R203")
def test_who_may_only_look_cannot_connect_and_nobody_uses_anothers_sign_in(
    staff: FlaskClient, app: Flask, here: Deps, world: World, control: NextEngineControl
) -> None:
    path = visit_of(staff)
    reader = staff_client(app, here, world, role="member_read")
    assert reader.get(return_of(staff)).status_code == 403
    other = staff_client(app, here, world)
    assert other.get(path).status_code == 404
    form = {"brand_id": str(uuid4()), "destination": SHOP}
    assert staff.post(path, data=form).status_code == 404


def test_an_old_state_is_refused_in_words(
    staff: FlaskClient, control: NextEngineControl, here: Deps
) -> None:
    form = dict(httpx.QueryParams(return_of(staff).partition("?")[2]))
    control.advance_clock(seconds=301)
    reply = staff.post("/next-engine/callback", data=form)
    assert reply.status_code == 409
    assert "NEXT ENGINE refused this sign-in: 002005" in reply.text


@pytest.mark.rule("R187")
def test_the_api_says_how_each_brand_stands_and_ends_it(
    staff: FlaskClient, world: World, here: Deps, control: NextEngineControl
) -> None:
    connect(staff, world)
    base = "/api/checkout/v1/next-engine"
    [standing] = staff.get(base).get_json()["next_engine"]
    assert (standing["state"], standing["company_id"]) == ("connected", "NE_EXAMPLE_1")
    assert staff.delete(f"{base}/{world.brand_id}").status_code == 204
    assert staff.get(base).get_json()["next_engine"][0]["state"] == "not_connected"
