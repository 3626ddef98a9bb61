"""What catalog answers its peers: the contracts' samples, word for word."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, event

from catalog.deps import Deps
from catalog.store.models import Catalog, Price
from common.clock import utc_now
from common.testing.peers import sample, sample_answer

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
ChangeCatalog = Callable[..., None]


@pytest.mark.rule("R57", "R59", "R62", "R63")
def test_prices_are_those_of_the_sample(ask: Ask) -> None:
    assert ask("prices/read") == sample_answer("catalog", "prices/read")


def test_lookbooks_are_those_of_the_sample(ask: Ask) -> None:
    assert ask("lookbooks/read") == sample_answer("catalog", "lookbooks/read")


def test_a_catalog_has_the_fields_of_the_sample(ask: Ask) -> None:
    [expected] = sample_answer("catalog", "catalogs/read")["catalogs"]
    [found] = ask("catalogs/read")["catalogs"]
    assert found.keys() == expected.keys()
    assert (found["name"], found["status"], found["products"]) == ("SS27 Women", "open", 1)
    assert found["is_visible"] is None


@pytest.mark.rule("R58")
def test_a_line_without_a_price_is_not_orderable_and_says_so(ask: Ask) -> None:
    terms = sample("catalog", "prices/read")["request"]["terms"] | {"currency": "EUR"}
    [line] = ask("prices/read", terms=terms)["catalogs"][0]["lines"]
    assert (line["is_orderable"], line["reason"], line["unit_price"]) == (False, "no_price", None)


@pytest.mark.rule("R63")
def test_a_buyer_of_another_country_pays_no_tax(ask: Ask) -> None:
    terms = sample("catalog", "prices/read")["request"]["terms"] | {"country": "US"}
    assert ask("prices/read", terms=terms)["catalogs"][0]["taxes"] == []


@pytest.mark.rule("R68", "R71", "R73", "R74", "R75")
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"status": "closed"}, "catalog_closed"),
        ({"status": "limited"}, "not_granted"),
        ({"open_at": utc_now() + timedelta(days=1)}, "not_yet_open"),
        ({"order_deadline_at": utc_now() - timedelta(days=1)}, "deadline_passed"),
    ],
)
def test_a_catalog_out_of_reach_says_why(
    ask: Ask, change_catalog: ChangeCatalog, changed: dict[str, Any], reason: str
) -> None:
    change_catalog(**changed)
    [found] = ask("prices/read")["catalogs"]
    assert (found["is_orderable"], found["reason"]) == (False, reason)
    assert found["is_visible"] is (reason == "deadline_passed")


@pytest.mark.rule("R78")
def test_a_deleted_catalog_is_left_out(ask: Ask, change_catalog: ChangeCatalog) -> None:
    change_catalog(deleted_at=utc_now())
    assert ask("catalogs/read") == {"catalogs": []}


@pytest.mark.rule("R58")
def test_missing_prices_are_named(ask: Ask, deps: Deps, maker_id: UUID) -> None:
    assert ask("prices/missing") == {"missing": []}
    with deps.database.transaction(maker_id) as session:
        session.execute(delete(Price))
    assert ask("prices/missing") == sample_answer("catalog", "prices/missing")


@pytest.mark.rule("R203")
def test_another_brand_has_none_of_it(ask: Ask) -> None:
    stranger = str(UUID(int=5))
    assert ask("catalogs/read", brand_id=stranger) == {"catalogs": []}
    [line] = ask("prices/read", brand_id=stranger)["catalogs"][0]["lines"]
    assert (line["reason"], line["sku_number"]) == ("not_in_catalog", None)


def test_many_lines_take_as_many_queries_as_one(ask: Ask, deps: Deps) -> None:
    said: list[str] = []
    event.listen(deps.database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    [line] = sample("catalog", "prices/read")["request"]["lines"]
    ask("prices/read")
    once = len(said)
    ask("prices/read", lines=[line] * 200)
    assert len(said) == 2 * once
    assert once < 10


def test_only_services_may_ask(client: Any) -> None:
    response = client.post("/internal/v1/prices/read", json={})
    assert response.status_code == 401


def test_without_a_tenant_no_row_is_seen(deps: Deps, maker_id: UUID) -> None:
    with deps.database.transaction() as session:
        assert session.query(Catalog).count() == 0, "row-level security hides it without a tenant"
    with deps.database.transaction(maker_id) as session:
        assert session.query(Catalog).count() == 1
