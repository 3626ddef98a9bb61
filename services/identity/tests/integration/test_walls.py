"""Nobody sees another maker's or another brand's rows."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast
from identity.store import models


def sign_in(person: Any, staff: cast.Staff) -> None:
    person.send("/signin", email=staff.email, password=cast.PASSWORD)


def listed(person: Any, query: str = "") -> list[str]:
    reply = person.client.get(f"/api/identity/v1/buyers{query}")
    assert reply.status_code == 200
    return [each["name"] for each in reply.json["buyers"]]


@pytest.fixture
def stranger(house: Any) -> models.Buyer:
    """Give a buyer of another maker."""
    maker_id, brand_id, term_id = new_id(), new_id(), new_id()
    with house.database.transaction(maker_id) as session:
        session.add(
            models.Maker(
                maker_id=maker_id,
                name="Canary Maker",
                languages=["en"],
                default_language="en",
                currencies=["EUR"],
                time_zone="UTC",
            )
        )
        session.add(models.Brand(id=brand_id, maker_id=maker_id, name="CANARY", code="CNRY"))
        session.add(models.BrandLookup(brand_id=brand_id, maker_id=maker_id))
        session.add(models.TradeTerm(id=term_id, maker_id=maker_id, code="w", name="W"))
        session.flush()
        buyer = models.Buyer(
            maker_id=maker_id,
            brand_id=brand_id,
            unique_code="CANARY-1",
            name="Canary Buyer",
            country="FR",
            language="en",
            trade_term_id=term_id,
            currency="EUR",
            rate_kind="ratio",
            rate_value=Decimal("0.5"),
        )
        session.add(buyer)
    return buyer


@pytest.mark.rule("R203")
def test_every_table_of_a_maker_is_walled_off(house: Any) -> None:
    """As the application's role: a table is on the list of global ones, or has the forced policy."""
    with house.database.transaction() as session:
        rows = session.execute(
            text(
                "select c.relname, c.relrowsecurity and c.relforcerowsecurity,"
                " exists (select from pg_policy p where p.polrelid = c.oid)"
                " from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace"
            )
        ).all()
        bare = {name for name, forced, policy in rows if not (forced and policy)}
    assert bare == models.GLOBAL_TABLES | {"alembic_version"}
    assert {t.name for t in models.Buyer.metadata.sorted_tables} - models.GLOBAL_TABLES <= {
        name for name, *_ in rows
    }


@pytest.mark.rule("R203")
def test_without_a_maker_or_as_another_there_is_nothing(house: Any) -> None:
    for maker in (None, new_id()):
        with house.database.transaction(maker) as session:
            for table in ("buyers", "makers", "brands", "staff_members", "addresses"):
                assert session.scalar(text(f"select count(*) from {table}")) == 0  # noqa: S608


@pytest.mark.rule("R203", "R198")
def test_staff_sees_the_buyers_of_its_brands_only(
    person: Any, newcomer: Any, stranger: models.Buyer
) -> None:
    sign_in(person, cast.OWNER)
    assert len(listed(person)) == len(cast.BUYERS)
    sales = newcomer()
    sign_in(sales, cast.SALES)
    assert cast.GINZA_SOLEIL.id not in {b.id for b in cast.BUYERS if b.brand is cast.NORD}
    assert len(listed(sales)) == len([b for b in cast.BUYERS if b.brand is cast.NORD])
    for path in ("/buyers", "/api/identity/v1/buyers"):
        page = sales.client.get(path).text
        assert "GINZA-S1" not in page
        assert "Canary" not in page


@pytest.mark.rule("R203")
def test_buyers_of_others_are_not_there(person: Any, stranger: models.Buyer) -> None:
    sign_in(person, cast.SALES)
    for buyer_id in (cast.GINZA_SOLEIL.id, stranger.id, new_id()):
        for path in (f"/buyers/{buyer_id}", f"/api/identity/v1/buyers/{buyer_id}"):
            reply = person.client.get(path)
            assert reply.status_code == 404
            assert "GINZA-S1" not in reply.text
            assert "Canary" not in reply.text
    for brand_id in (cast.SOLEIL.id, stranger.brand_id):
        assert person.client.get(f"/api/identity/v1/buyers?brand_id={brand_id}").status_code == 404


def test_the_list_is_searched_filtered_and_paged(person: Any) -> None:
    sign_in(person, cast.OWNER)
    assert listed(person, "?q=bkl") == [cast.BROOKLYN.name]
    assert listed(person, "?q=%25") == []
    assert listed(person, "?q=%00") == listed(person)
    assert len(listed(person, "?kind=offline")) == sum(b.kind == "offline" for b in cast.BUYERS)
    assert person.client.get("/api/identity/v1/buyers?kind=x").status_code == 422
    names, after = [], ""
    for _ in range(4):
        reply = person.client.get(f"/api/identity/v1/buyers?limit=2{after}").json
        names += [each["name"] for each in reply["buyers"]]
        if not reply["next_after"]:
            break
        after = f"&after={reply['next_after']}"
    assert names == listed(person)
    page = person.open("/buyers?q=Brooklyn&kind=offline").text
    assert cast.BROOKLYN.name in page
    assert cast.AOYAMA.name not in page


def test_the_api_describes_itself(house: Any) -> None:
    described = house.client().get("/api/identity/openapi.json").json
    assert "/api/identity/v1/buyers" in described["paths"]
    assert "/api/identity/v1/buyers/{buyer_id}" in described["paths"]
    page = house.client().get("/api/identity/docs").text
    assert "GET /api/identity/v1/buyers/{buyer_id}" in page
    assert "has_link_login" in page


def test_staff_pages_show_what_there_is(person: Any) -> None:
    sign_in(person, cast.OWNER)
    page = person.open(f"/buyers/{cast.AOYAMA.id}").text
    assert cast.AOYAMA.name in page
    assert "list price × 0.6" in page
    assert "$argon2" not in page
    assert "50% off" in person.open(f"/buyers/{cast.BROOKLYN.id}").text
    assert cast.SALES.name in person.open("/team").text
    assert "Asia/Tokyo" in person.open("/settings").text


def test_loading_the_demo_world_again_changes_nothing(house: Any) -> None:
    from devstack.world.identity import load

    def snapshot() -> list[Any]:
        with house.database.transaction(cast.MAKER_ID) as session:
            tables = ("buyers", "users", "addresses", "recipients", "staff_members")
            return [session.execute(text(f"select * from {t} order by 1")).all() for t in tables]  # noqa: S608

    before = snapshot()
    load(house.database, now=datetime.now(UTC), env={})
    assert snapshot() == before
