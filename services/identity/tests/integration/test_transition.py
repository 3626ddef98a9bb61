"""An order is completed: its buyer is moved once, or for a recorded reason not."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from identity_orders import buyer_now, completed, deliver, outcome_of, published, sample
from sqlalchemy import select, text

from common.clock import utc_now
from common.delivery.inbox import handle_event
from common.delivery.tables import InboxEvent
from common.ids import new_id
from devstack.world import cast
from identity.store.models import (
    Address,
    Buyer,
    BuyerLookup,
    Claim,
    Organisation,
    OwnershipChange,
)

Ask = Callable[..., Any]


@pytest.mark.rule("R156", "R163", "R205")
def test_an_order_makes_the_offline_buyer_the_customers_own(house: Any) -> None:
    before = buyer_now(house.database, cast.AOYAMA)
    event = completed(cast.AOYAMA)
    deliver(house.database, event)
    after = buyer_now(house.database, cast.AOYAMA)
    assert outcome_of(house.database, event) == "moved"
    assert (before.kind, after.kind) == ("offline", "connected")
    kept = ("id", "unique_code", "trade_term_id", "currency", "rate_value", "default_address_id")
    assert [getattr(after, k) for k in kept] == [getattr(before, k) for k in kept]
    assert after.version == before.version + 1
    with house.database.transaction(cast.MAKER_ID) as session:
        assert session.get_one(Organisation, after.organisation_id).name == cast.AOYAMA.name
        assert session.get_one(BuyerLookup, after.id).organisation_id == after.organisation_id
        [change] = session.scalars(select(OwnershipChange))
        [claim] = session.scalars(select(Claim))
        addresses = session.scalars(select(Address).where(Address.buyer_id == after.id)).all()
    assert (change.change, str(change.order_id)) == ("moved", event["payload"]["order_id"])
    assert (claim.state, claim.email) == ("open", cast.AOYAMA.login_email)
    assert len(addresses) == 1


@pytest.mark.rule("R159", "R160")
def test_with_the_toggle_off_nothing_changes(house: Any) -> None:
    event = completed(cast.AOYAMA, transition=False)
    deliver(house.database, event)
    assert outcome_of(house.database, event) == "not_asked_for"
    assert buyer_now(house.database, cast.AOYAMA).kind == "offline"
    assert published(house.database, "identity.mail_requested.v1") == []


@pytest.mark.rule("R161")
def test_the_toggle_means_nothing_to_connected_buyers(house: Any) -> None:
    event = completed(cast.GINZA, kind="connected")
    deliver(house.database, event)
    assert outcome_of(house.database, event) == "not_offline"
    assert buyer_now(house.database, cast.GINZA).organisation_id == cast.GINZA.organisation_id


@pytest.mark.rule("R162")
def test_signing_in_and_anything_short_of_completion_moves_nobody(house: Any, person: Any) -> None:
    at = f"/signin/{cast.OPEN.token}"
    given = {"email": cast.AOYAMA.login_email, "password": cast.PASSWORD}
    person.send(f"{at}/offline-buyer", on=at, **given)
    assert buyer_now(house.database, cast.AOYAMA).kind == "offline"


@pytest.mark.rule("R164")
def test_repeats_of_the_event_move_once(house: Any) -> None:
    event = completed(cast.AOYAMA)
    for _ in range(3):
        deliver(house.database, event)
        handle_event(house.database, UUID(event["id"]))
    again = event | {"id": str(new_id())}
    deliver(house.database, again)
    assert outcome_of(house.database, event) == "moved"
    assert len(published(house.database, "identity.transition_changed.v1")) == 1
    assert len(published(house.database, "identity.mail_requested.v1")) == 1


@pytest.mark.rule("R164")
def test_two_orders_at_the_same_time_give_one_transition(house: Any) -> None:
    events = [completed(cast.AOYAMA) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda event: deliver(house.database, event), events))
    outcomes = sorted(str(outcome_of(house.database, event)) for event in events)
    assert outcomes == ["already_moved"] * 5 + ["moved"]
    assert len(published(house.database, "identity.mail_requested.v1")) == 1
    with house.database.transaction(cast.MAKER_ID) as session:
        assert len(session.scalars(select(OwnershipChange)).all()) == 1
        assert session.scalar(text("select count(*) from organisations")) == 3


@pytest.mark.rule("R167")
def test_a_failing_transition_leaves_nothing_and_is_tried_again(house: Any, ask: Ask) -> None:
    event = completed(cast.AOYAMA)
    event["payload"]["buyer"]["buyer_id"] = str(new_id())
    deliver(house.database, event)
    assert outcome_of(house.database, event) is None
    with house.database.transaction() as session:
        row = session.get_one(InboxEvent, UUID(event["id"]))
        assert row.processed_at is None
        assert "BuyerNotFound" in str(row.last_error)
        row.attempts, row.dead_at = 8, utc_now()
        fixed = dict(row.envelope)
        fixed["payload"]["buyer"]["buyer_id"] = str(cast.AOYAMA.id)
        session.execute(
            text("update inbox set envelope = :e where event_id = :i"),
            {"e": json.dumps(fixed), "i": row.event_id},
        )
    question = {"order_id": event["payload"]["order_id"]}
    assert ask("transitions/retry", question).json == {"outcome": "waiting"}
    handle_event(house.database, UUID(event["id"]))
    assert outcome_of(house.database, event) == "moved"
    assert ask("transitions/retry", question).json == {"outcome": "moved"}
    assert ask("transitions/retry", question).json == {"outcome": "moved"}
    assert len(published(house.database, "identity.transition_changed.v1")) == 1
    assert ask("transitions/retry", {"order_id": str(new_id())}).status_code == 404


@pytest.mark.rule("R204")
def test_an_order_from_before_the_undo_never_moves_again(house: Any) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    before = datetime.now(UTC)
    with house.database.transaction(cast.MAKER_ID) as session:
        buyer = session.get_one(Buyer, cast.AOYAMA.id)
        session.add(
            OwnershipChange(
                maker_id=cast.MAKER_ID,
                buyer_id=buyer.id,
                change="undone",
                organisation_id=buyer.organisation_id,
                order_id=None,
                changed_at=utc_now(),
            )
        )
        buyer.kind, buyer.organisation_id = "offline", None
    early, late = completed(cast.AOYAMA, at=before), completed(cast.AOYAMA)
    deliver(house.database, early)
    assert outcome_of(house.database, early) == "already_moved"
    assert buyer_now(house.database, cast.AOYAMA).kind == "offline"
    deliver(house.database, late)
    assert outcome_of(house.database, late) == "moved"


@pytest.mark.rule("R205")
def test_the_claim_goes_to_the_contact_when_there_is_no_login(house: Any) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        buyer = session.get_one(Buyer, cast.AOYAMA.id)
        buyer.login_email, buyer.contact_email = None, "contact@aoyama.example"
    deliver(house.database, completed(cast.AOYAMA))
    [mail] = published(house.database, "identity.mail_requested.v1")
    assert mail["payload"]["recipient"] == "contact@aoyama.example"


@pytest.mark.rule("R205")
def test_with_no_address_the_buyer_moves_and_staff_is_asked(house: Any, person: Any) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        buyer = session.get_one(Buyer, cast.AOYAMA.id)
        buyer.login_email = buyer.contact_email = None
    deliver(house.database, completed(cast.AOYAMA))
    assert published(house.database, "identity.mail_requested.v1") == []
    [changed] = published(house.database, "identity.transition_changed.v1")
    assert changed["payload"]["outcome"] == "moved"
    assert changed["payload"]["claim"] == {
        "state": "no_address",
        "email": None,
        "email_masked": None,
    }
    person.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    assert "No email address is known" in person.open(f"/buyers/{cast.AOYAMA.id}").text


def test_the_events_are_those_of_the_samples(house: Any) -> None:
    deliver(house.database, completed(cast.AOYAMA))
    for name in ("identity.transition_changed.v1", "identity.mail_requested.v1"):
        [event] = published(house.database, name)
        expected = sample(name)
        assert sorted(event) == sorted(expected.keys() - {"kinds"})
        assert sorted(event["payload"]) == sorted(expected["payload"])
    [mail] = published(house.database, "identity.mail_requested.v1")
    assert sorted(mail["payload"]["values"]) == sorted(
        sample("identity.mail_requested.v1")["payload"]["values"]
    )
    [changed] = published(house.database, "identity.transition_changed.v1")
    claim = changed["payload"]["claim"]
    assert claim["state"] == "sent"
    assert claim["email_masked"] == "h***@aoyama.example"
    assert re.fullmatch(r"h[^@]+@aoyama\.example", claim["email"])
