"""The list of buyers stays quick when there are 100,000 of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from identity_world import fill_with_world
from sqlalchemy import create_engine, event, text

from common.db import Database
from devstack.testing.databases import DatabaseMaker
from devstack.world import cast
from identity.store.buyer_list import Search, count_by_kind, search_buyers

MANY = 100_000
ROWS_READ_FOR_A_PAGE = 200
COPIES = text("""
insert into buyers (id, maker_id, brand_id, version, kind, unique_code, name, is_company, tags,
  country, language, trade_term_id, currency, rate_kind, rate_value, notification_emails)
select gen_random_uuid(), maker_id, brand_id, 1, 'offline', 'M-' || n, 'Shop ' || n, true, '[]',
  country, language, trade_term_id, currency, rate_kind, rate_value, '[]'
from buyers, generate_series(cast(:low as int), cast(:high as int)) n where buyers.id = :one""")


@pytest.fixture(scope="module")
def crowd(make_service_database: DatabaseMaker) -> Iterator[Database]:
    """Copy one buyer many times over, straight in the database, and let it know its size."""
    made = make_service_database("identity", filled_by=fill_with_world)
    database = Database(made.url)
    step = MANY // 4
    for low in range(0, MANY, step):
        with database.transaction(cast.MAKER_ID) as session:
            values = {"low": low, "high": low + step - 1, "one": cast.AOYAMA.id}
            session.execute(COPIES, values)
    owner = create_engine(made.owner_url, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("vacuum analyze buyers"))
    owner.dispose()
    yield database
    database.close()
    make_service_database.drop(made)


def explained(database: Database, ask: Any) -> list[dict[str, Any]]:
    """Return the nodes of the plans of the questions that `ask(session)` asks about buyers."""
    said: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if "FROM buyers" in statement and not statement.startswith("explain"):
            said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.transaction(cast.MAKER_ID) as session:
        ask(session)
        event.remove(database.engine, "before_cursor_execute", note)
        nodes = []
        for statement, parameters in said:
            told = f"explain (analyze, format json) {statement}"
            [plan] = session.connection().exec_driver_sql(told, parameters).scalar_one()
            nodes += _nodes(plan["Plan"])
    return nodes


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in _nodes(part))]


def rows_read(nodes: list[dict[str, Any]]) -> int:
    of_buyers = [node for node in nodes if node.get("Relation Name") == "buyers"]
    assert of_buyers
    return sum(n["Actual Rows"] + n.get("Rows Removed by Filter", 0) for n in of_buyers)


@pytest.mark.parametrize("brands", [[cast.NORD], [cast.NORD, cast.SOLEIL]])
@pytest.mark.parametrize("kind", [None, "offline"])
def test_a_page_reads_a_page_of_rows_wherever_it_begins(
    crowd: Database, brands: list[cast.Brand], kind: str | None
) -> None:
    with crowd.transaction(cast.MAKER_ID) as session:
        middle = session.scalar(text("select id from buyers order by id offset 50000 limit 1"))
    for after in (None, middle):
        search = Search(brand_ids=[b.id for b in brands], kind=kind, after=after)
        nodes = explained(crowd, lambda session, s=search: search_buyers(session, s))
        assert rows_read(nodes) <= ROWS_READ_FOR_A_PAGE, nodes


def test_few_among_many_are_found_by_an_index(crowd: Database) -> None:
    few = Search(brand_ids=[cast.NORD.id], kind="connected")
    assert rows_read(explained(crowd, lambda session: search_buyers(session, few))) <= 200
    other = Search(brand_ids=[cast.SOLEIL.id])
    assert rows_read(explained(crowd, lambda session: count_by_kind(session, other))) <= 200


def test_searching_finds_one_among_all_and_counting_counts_all(crowd: Database) -> None:
    with crowd.transaction(cast.MAKER_ID) as session:
        found = search_buyers(session, Search(brand_ids=[cast.NORD.id], text="bklyn DRY"))
        assert [buyer.name for buyer, _ in found.rows] == [cast.BROOKLYN.name]
        assert count_by_kind(session, Search(brand_ids=[cast.NORD.id]))["offline"] >= MANY
