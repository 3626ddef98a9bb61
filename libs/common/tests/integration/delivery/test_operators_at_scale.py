"""A flood that waits: the overview counts up to a limit, and reads no more than that."""

from typing import Any

import pytest
from sqlalchemy import text

from common.operations.overview import read_overview
from common.operations.rows import Sought
from common.operations.sums import LOOKED_AT, SUMS
from common.operations.waiting import CALLS, OUTBOX
from common.operations.walking import walk_indexes

from .conftest import Toy
from .operating import do

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
FLOOD = 40_000
FILL = f"""
insert into outbox_event (id, name, aggregate_id, aggregate_seq, envelope)
select gen_random_uuid(), 'alpha.x.v1', gen_random_uuid(), 1, '{{}}'
from generate_series(1, {FLOOD});
insert into outbox_delivery (event_id, subscriber, size, created_at, next_attempt_at)
select id, 'beta', 2, now() - interval '2 hours',
  now() - interval '1 hour' + row_number() over () * interval '1 ms' from outbox_event;
insert into outbox_delivery (event_id, subscriber, size)
select id, 'alpha', 2 from outbox_event limit 3;
insert into inbox (event_id, producer, name, envelope, next_attempt_at)
select gen_random_uuid(), 'beta', 'beta.x.v1', '{{}}', now() + number * interval '1 ms'
from generate_series(1, {FLOOD}) as number;
insert into outbound_call (id, event_id, kind, recipient, payload, next_attempt_at)
select gen_random_uuid(), gen_random_uuid(), 'mail', 'x', '{{}}', now() + number * interval '1 ms'
from generate_series(1, {FLOOD}) as number;
insert into outbound_call (id, event_id, kind, recipient, payload, state)
select gen_random_uuid(), gen_random_uuid(), 'upload', 'x', '{{}}', 'sending'
from generate_series(1, 2);
"""  # noqa: S608 - nothing but our own words.


@pytest.fixture
def flooded(alpha: Toy, monkeypatch: pytest.MonkeyPatch) -> Toy:
    monkeypatch.setenv("SERVICE", "alpha")
    for statement in FILL.split(";")[:-1]:
        alpha.run(statement)
    for table in ("outbox_event", "outbox_delivery", "inbox", "outbound_call"):
        alpha.run(f"analyze {table}")
    return alpha


def test_what_waits_is_counted_up_to_a_limit_and_small_numbers_exactly(flooded: Toy) -> None:
    seen = do(flooded, read_overview)
    sums = {
        (each.kind, each.name, each.state): (each.number, each.is_more)
        for each in (*seen.outbox, *seen.inbox, *seen.calls)
    }
    assert sums == {
        ("subscriber", "alpha", ""): (3, False),
        ("subscriber", "beta", ""): (LOOKED_AT, True),
        ("handler", "beta.x.v1", ""): (LOOKED_AT, True),
        ("effect", "mail", "pending"): (LOOKED_AT, True),
        ("effect", "upload", "sending"): (2, False),
    }
    assert (seen.waiting, seen.is_more) == (3 * LOOKED_AT + 5, True)
    assert (seen.now - seen.outbox[1].oldest).total_seconds() > 3600


@pytest.mark.parametrize("kind", SUMS)
def test_no_more_rows_are_read_than_are_counted(flooded: Toy, kind: str) -> None:
    read = rows_read(flooded, str(SUMS[kind]), {"most": 1000})
    assert 1000 < read < 1100


@pytest.mark.parametrize("statement", [OUTBOX, CALLS])
def test_a_page_of_rows_reads_a_page(flooded: Toy, statement: Any) -> None:
    assert rows_read(flooded, str(statement), Sought(limit=50).values()) < 300


def rows_read(toy: Toy, statement: str, values: dict[str, Any]) -> int:
    """Return how many rows and entries the statement took out of tables and indexes."""
    with toy.database.transaction() as session:
        walk_indexes(session)
        explain = text(f"explain (analyze, format json) {statement}")
        [top] = session.scalar(explain, values)
    return _scanned(top["Plan"])


def _scanned(node: dict[str, Any]) -> int:
    inner = sum(_scanned(each) for each in node.get("Plans", ()))
    if "Relation Name" not in node:
        return inner
    thrown = node.get("Rows Removed by Filter", 0)
    return inner + round((node["Actual Rows"] + thrown) * node["Actual Loops"])
