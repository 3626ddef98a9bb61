"""Deleting buyers: orders and pending invitations keep them, one or many (R166)."""

from typing import Any

import pytest
from identity_orders import completed, deliver, outcome_of
from identity_staff import API, create, csrf, log_of, row_of, sign_in

from devstack.world import cast


def order(house: Any, buyer: cast.Buyer) -> None:
    deliver(house.database, completed(buyer, transition=False))


def invite(person: Any, buyer_id: Any) -> None:
    here = f"/buyers/{buyer_id}"
    person.send(f"{here}/invitation", on=here, email="who@brooklyn.example")


@pytest.mark.rule("R166")
def test_a_buyer_with_an_order_is_not_deleted(house: Any, person: Any) -> None:
    order(house, cast.AOYAMA)
    here = f"/buyers/{cast.AOYAMA.id}"
    assert sign_in(person).send(f"{here}/deletion", on=here).location == here
    assert "has orders and cannot be deleted" in person.open(here).text
    assert row_of(house, cast.AOYAMA.id)


@pytest.mark.rule("R166")
def test_a_buyer_with_a_pending_invitation_is_not_deleted_until_it_is_withdrawn(
    house: Any, person: Any
) -> None:
    here = f"/buyers/{cast.BROOKLYN.id}"
    invite(sign_in(person), cast.BROOKLYN.id)
    person.send(f"{here}/deletion", on=here)
    assert "pending invitation" in person.open(here).text
    person.send(f"{here}/invitation/withdrawal", on=here)
    assert person.send(f"{here}/deletion", on=here).location == "/buyers"
    assert row_of(house, cast.BROOKLYN.id) is None
    assert log_of(house, cast.BROOKLYN.id)[-1]["action"] == "buyer_deleted"


@pytest.mark.rule("R166")
def test_deleting_many_skips_those_that_are_kept(house: Any, person: Any) -> None:
    sign_in(person)
    order(house, cast.AOYAMA)
    invite(person, cast.BROOKLYN.id)
    free = create(person, name="Free to go", login_email="free@go.example")
    chosen = [str(each) for each in (cast.AOYAMA.id, cast.BROOKLYN.id, cast.GINZA.id, free)]
    person.send("/buyers/deletions", on="/buyers", buyer_ids=chosen)
    page = person.open("/buyers").text
    assert "Deleted buyers: 1" in page
    for name in (cast.AOYAMA.name, cast.BROOKLYN.name, cast.GINZA.name):
        assert f"{name}: This buyer" in page
    assert row_of(house, free) is None
    assert all(row_of(house, each.id) for each in (cast.AOYAMA, cast.BROOKLYN, cast.GINZA))


def test_a_deleted_buyer_is_signed_out_and_cannot_come_back(
    house: Any, person: Any, newcomer: Any
) -> None:
    door = f"/signin/{cast.OPEN.token}"
    shop = newcomer("10.2.0.1")
    form = {"email": str(cast.BROOKLYN.login_email), "password": cast.PASSWORD}
    shop.send(f"{door}/offline-buyer", on=door, **form)
    here = f"/buyers/{cast.BROOKLYN.id}"
    sign_in(person).send(f"{here}/deletion", on=here)
    assert shop.send(f"{door}/offline-buyer", on=door, **form).status_code == 401


@pytest.mark.rule("R167")
def test_an_order_that_arrives_after_its_buyer_was_deleted_is_recorded(
    house: Any, person: Any
) -> None:
    event = completed(cast.BROOKLYN)
    here = f"/buyers/{cast.BROOKLYN.id}"
    sign_in(person).send(f"{here}/deletion", on=here)
    deliver(house.database, event)
    assert outcome_of(house.database, event) == "not_offline"


@pytest.mark.rule("R166", "R203")
def test_the_api_says_what_became_of_each(house: Any, person: Any) -> None:
    sign_in(person, cast.SALES)
    order(house, cast.AOYAMA)
    headers = {"X-CSRFToken": csrf(person)}
    ids = [str(each.id) for each in (cast.AOYAMA, cast.BROOKLYN, cast.GINZA, cast.GINZA_SOLEIL)]
    reply = person.client.post(f"{API}/deletions", json={"buyer_ids": ids}, headers=headers)
    assert {each["buyer_id"]: each["fate"] for each in reply.json["fates"]} == dict(
        zip(ids, ["has_orders", "deleted", "connected", "unknown"], strict=True)
    )
    kept = person.client.delete(f"{API}/{cast.AOYAMA.id}", headers=headers)
    assert (kept.status_code, kept.json["code"], kept.json["rule"]) == (
        409,
        "buyer_has_orders",
        "R166",
    )
