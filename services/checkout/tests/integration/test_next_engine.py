"""From a completed order to a slip, against the NEXT ENGINE twin."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.domain.pricing import Wish
from checkout.jobs.next_engine_keep_alive import keep_tokens_alive
from checkout.store.carts import lock_cart, write_line
from checkout.store.models import NextEngineConnection, Order, Slip
from checkout.store.next_engine import put_company, put_shop
from checkout.usecases.plan_upload import UPLOAD
from common.clock import utc_now
from common.delivery import JobRun, OutboundCall
from common.delivery.outbound import kinds
from common.delivery.outbound_leases import claim_call
from common.delivery.outbound_runner import perform
from twins.clients import NextEngineControl

from .conftest import AOYAMA, WOMEN, Shopper, World, deliver, events_of, sku

ADDRESSED = "checkout.order_address_changed.v1"
UPLOADS = "receiveorder_base/upload"
COMPLETED = "checkout.order_completed.v1"


@pytest.fixture
def connected(deps: Deps, world: World, control: NextEngineControl, twin: str) -> Deps:
    """Give the service connected to the twin's shop 2."""
    tokens = control.issue_tokens()
    with deps.database.transaction(world.maker_id) as session:
        connection_id = put_company(
            session,
            maker_id=world.maker_id,
            company_id=tokens["company_ne_id"],
            company_name=tokens["company_name"],
            access_token=deps.cipher.encrypt(tokens["access_token"].encode()),
            refresh_token=deps.cipher.encrypt(tokens["refresh_token"].encode()),
            access_ends_at=utc_now().replace(year=2099),
            refresh_ends_at=utc_now().replace(year=2099),
        )
        put_shop(
            session,
            maker_id=world.maker_id,
            brand_id=world.brand_id,
            connection_id=connection_id,
            shop_id="2",
            pattern_id="11",
        )
    return replace(deps, settings=replace(deps.settings, next_engine_api_url=twin))


def hand_over(deps: Deps, name: str = COMPLETED) -> None:
    """Let the events of that name arrive at checkout itself."""
    for wire in events_of(deps, name):
        deliver(deps, wire)


def step(deps: Deps) -> bool:
    """Perform one upload call that is due or will be; False when none is left."""
    with deps.database.transaction() as session:
        session.execute(update(OutboundCall).values(next_attempt_at=utc_now().replace(year=2000)))
    call = claim_call(deps.database, kinds()[UPLOAD])
    if call is not None:
        perform(deps.database, deps, kinds()[UPLOAD], call)
    return call is not None


def work(deps: Deps, control: NextEngineControl, steps: int = 12) -> None:
    for _ in range(steps):
        if not step(deps):
            return
        control.tick(2)


def slip_of(session: Session) -> Slip:
    return session.scalars(select(Slip).execution_options(populate_existing=True)).one()


def order_one(shopper: Shopper, **changed: str) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(2), 10)
    assert shopper.order(**changed).status_code == 303


def test_words_of_an_address_abroad_stay_apart_on_a_slip(
    shopper: Shopper, connected: Deps, control: NextEngineControl
) -> None:
    order_one(shopper, country="US", state="NY", city="Brooklyn", zip="11211", line1="184 Kent Ave")
    hand_over(connected)
    work(connected, control)
    [slip] = control.slips(slip="NORD-00000001")
    assert slip["receive_order_consignee_address1"] == "NY Brooklyn 184 Kent Ave"


@pytest.mark.rule("R185", "R188")
def test_a_completed_order_becomes_one_equal_slip(
    shopper: Shopper, connected: Deps, control: NextEngineControl, session: Session
) -> None:
    order_one(shopper, comment="Leave at the door")
    hand_over(connected)
    hand_over(connected)
    work(connected, control)

    [slip] = control.slips(slip="NORD-00000001")
    assert slip["receive_order_purchaser_zip_code"] == "1070062"
    assert slip["receive_order_consignee_address1"] == "東京都港区南青山5-1-1"
    assert slip["receive_order_goods_amount"] == "21240.00"
    assert slip["receive_order_tax_amount"] == "2124.00"
    assert slip["receive_order_total_amount"] == "23364.00"
    assert [line["receive_order_row_quantity"] for line in slip["lines"]] == ["3", "10"]
    row = slip_of(session)
    assert (row.state, row.remote_id) == ("done", slip["receive_order_id"])
    assert len(control.uploads_of("NORD-00000001")) == 1
    states = [
        event["payload"]["state"]
        for event in events_of(connected, "checkout.next_engine_upload_changed.v1")
    ]
    assert states[0] == "pending"
    assert states[-1] == "done"


@pytest.mark.rule("R185")
def test_an_upload_accepted_with_its_answer_lost_is_not_sent_again(
    shopper: Shopper, connected: Deps, control: NextEngineControl, session: Session
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.order_fault("accepted_then_lost", endpoint=UPLOADS)
    step(connected)
    assert slip_of(session).state == "unknown"
    control.tick(3)
    work(connected, control)
    session.expire_all()
    assert slip_of(session).state == "done"
    assert len(control.uploads_of("NORD-00000001")) == 1
    assert len(control.slips(slip="NORD-00000001")) == 1


@pytest.mark.rule("R185")
def test_an_upload_that_their_queue_forgot_is_sent_again(
    shopper: Shopper, connected: Deps, control: NextEngineControl, session: Session
) -> None:
    order_one(shopper)
    hand_over(connected)
    step(connected)
    assert slip_of(session).state == "accepted"
    control.reset()
    control.turn(import_mode="manual")
    work(connected, control, steps=16)
    assert slip_of(session).state == "done"
    assert len(control.slips(slip="NORD-00000001")) == 1


@pytest.mark.rule("R99", "R182", "R183")
def test_an_order_without_an_address_fails_with_the_reason_and_stays(
    shopper: Shopper, connected: Deps, control: NextEngineControl, world: World, session: Session
) -> None:
    world.link["address_shown"] = False
    order_one(shopper)
    hand_over(connected)
    work(connected, control)
    row = slip_of(session)
    assert (row.state, row.reason) == ("dead", "The order has no address.")
    assert control.slips() == []
    order = session.scalars(select(Order)).one()
    assert (order.state, order.address) == ("oc_not_created", None)


@pytest.mark.rule("R111", "R184")
def test_an_address_added_by_hand_lets_the_upload_happen_by_itself(  # noqa: PLR0917
    shopper: Shopper,
    connected: Deps,
    control: NextEngineControl,
    world: World,
    session: Session,
    staff: FlaskClient,
) -> None:
    world.link["address_shown"] = False
    order_one(shopper)
    hand_over(connected)
    work(connected, control)
    order_id = session.scalars(select(Order.id)).one()
    assert staff.post(f"/orders/{order_id}/address", data=AOYAMA).status_code == 303
    hand_over(connected, ADDRESSED)
    work(connected, control)
    session.expire_all()
    assert slip_of(session).state == "done"
    assert len(control.slips(slip="NORD-00000001")) == 1


@pytest.mark.rule("R186")
def test_a_busy_system_is_tried_again_and_a_wrong_order_is_not(
    shopper: Shopper, connected: Deps, control: NextEngineControl, session: Session
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.order_fault("error", code="003002", endpoint=UPLOADS)
    step(connected)
    assert slip_of(session).state == "pending"
    control.order_fault("error", code="004001", endpoint=UPLOADS)
    step(connected)
    session.expire_all()
    assert slip_of(session).state == "dead"
    assert step(connected) is False


@pytest.mark.rule("R187")
def test_new_tokens_are_kept_even_when_the_answer_is_an_error(
    shopper: Shopper,
    connected: Deps,
    control: NextEngineControl,
    world: World,
    session: Session,
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.advance_clock(hours=25)
    control.order_fault("error", code="003002", endpoint=UPLOADS)
    step(connected)
    session.expire_all()
    version = session.scalars(select(NextEngineConnection.version)).one()
    assert version == 2
    work(connected, control)
    session.expire_all()
    assert slip_of(session).state == "done"


@pytest.mark.rule("R187")
def test_redirect_stops_uploads_until_somebody_signs_in(
    shopper: Shopper, connected: Deps, control: NextEngineControl, session: Session
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.advance_clock(hours=80)
    step(connected)
    session.expire_all()
    assert slip_of(session).state == "dead"
    assert session.scalars(select(NextEngineConnection.state)).one() == "reauth_required"


def test_orders_in_other_currencies_are_not_uploaded(
    shopper: Shopper, connected: Deps, control: NextEngineControl, world: World, session: Session
) -> None:
    world.buyer["terms"] |= {"currency": "USD"}
    order_one(shopper)
    hand_over(connected)
    row = slip_of(session)
    assert (row.state, row.reason) == ("not_yen", "NEXT ENGINE keeps yen only.")


def test_an_order_of_an_unconnected_brand_waits_for_the_button(
    shopper: Shopper, deps: Deps, session: Session, staff: FlaskClient
) -> None:
    order_one(shopper)
    hand_over(deps)
    order_id = session.scalars(select(Order.id)).one()
    assert slip_of(session).state == "not_connected"
    page = staff.get(f"/orders/{order_id}").text
    assert "Upload now" in page


def test_ten_presses_of_retry_are_one_upload(
    shopper: Shopper,
    connected: Deps,
    control: NextEngineControl,
    session: Session,
    staff: FlaskClient,
) -> None:
    order_one(shopper)
    hand_over(connected)
    control.order_fault("error", code="004001", endpoint=UPLOADS)
    step(connected)
    order_id = session.scalars(select(Order.id)).one()
    for _ in range(10):
        assert staff.post(f"/orders/{order_id}/ledger/upload/1/retry").status_code == 303
    work(connected, control)
    session.expire_all()
    assert slip_of(session).state == "done"
    assert len(control.uploads_of("NORD-00000001")) == 1


def test_an_order_of_120_lines_becomes_two_slips(
    shopper: Shopper, connected: Deps, control: NextEngineControl, world: World, session: Session
) -> None:
    with connected.database.transaction(world.maker_id) as own:
        cart = lock_cart(
            own,
            maker_id=world.maker_id,
            brand_id=world.brand_id,
            buyer_id=UUID(world.buyer["buyer_id"]),
            link_id=world.link_id,
        )
        for _ in range(120):
            one = uuid4()
            world.prices[str(one)] = 100
            write_line(own, cart, Wish(catalog_id=UUID(WOMEN), sku_id=one, quantity=1))
    assert shopper.order().status_code == 303
    hand_over(connected)
    work(connected, control, steps=20)
    slips = {slip["receive_order_shop_cut_form_id"]: len(slip["lines"]) for slip in control.slips()}
    assert slips == {"NORD-00000001": 99, "NORD-00000001-2": 21}
    totals = [float(slip["receive_order_total_amount"]) for slip in control.slips()]
    order = session.scalars(select(Order)).one()
    assert sum(totals) == order.total.minor


def test_keeping_alive_renews_tokens_and_stops_what_needs_a_person(
    connected: Deps, control: NextEngineControl, session: Session, shopper: Shopper
) -> None:
    shopper.put(sku(1), 1)
    run = JobRun("next_engine_keep_alive", 1)
    control.advance_clock(hours=25)
    keep_tokens_alive(connected, run)
    session.expire_all()
    row = session.scalars(select(NextEngineConnection)).one()
    assert (row.version, row.state) == (2, "connected")
    control.advance_clock(hours=100)
    keep_tokens_alive(connected, run)
    session.refresh(row)
    assert row.state == "reauth_required"


@pytest.mark.rule("D22")
def test_the_encoding_is_switched_on_the_page_for_an_importer_that_wants_the_other(
    shopper: Shopper, connected: Deps, control: NextEngineControl, staff: Any, world: World
) -> None:
    page = staff.get("/next-engine").text
    assert '<option value="cp932" selected' in page
    url = f"/next-engine/{world.brand_id}/encoding"
    assert staff.post(url, data={"encoding": "latin-1"}).status_code == 422
    assert staff.post(url, data={"encoding": "utf-8"}).status_code == 303
    assert '<option value="utf-8" selected' in staff.get("/next-engine").text
    [brand] = staff.get("/api/checkout/v1/next-engine").get_json()["next_engine"]
    assert brand["csv_encoding"] == "utf-8"

    control.turn(accept_utf8=True)
    order_one(shopper, comment="𠮷野家 é")
    hand_over(connected)
    work(connected, control)
    [slip] = control.slips(slip="NORD-00000001")
    assert slip["receive_order_note"] == "𠮷野家 é"
