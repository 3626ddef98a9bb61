"""The page of all mails: as quick with a million as with a thousand."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from bench.figure import Figure
from bench.notifications import BRAND, MAKER, notifications_parts, staff_client
from notifications.deps import Deps

SMALL, LARGE = 1_000, 1_000_000
STEP = 50_000
ROUNDS = 60
FILL = text("""
insert into messages (id, maker_id, brand_id, subject_id, order_id, order_number, kind, recipient,
  language, time_zone, "values", state, attempts)
select uuidv7(), :maker, :brand, gen_random_uuid(), gen_random_uuid(),
  'NORD-' || lpad(number::text, 8, '0'),
  case when number % 2 = 0 then 'order_completed_buyer' else 'order_completed_brand' end,
  case when number % 2 = 0 then 'buyer' || number % 5000 || '@shop.example'
    else 'orders@nord.example' end,
  'en', 'Asia/Tokyo', '{}', case when number % 50 = 0 then 'dead' else 'done' end, 1
from generate_series(cast(:first as bigint), cast(:last as bigint)) as number
""")
PAGES = {
    "all": "",
    "failed": "?state=failed",
    "one kind": "?kind=order_completed_buyer",
    "one address": "?q=orders@nord.example",
    "one buyer": "?q=buyer100@shop.example",
    "one order": "?q=NORD-00000900",
}


def measure(folder: Path) -> list[Figure]:
    with notifications_parts(folder / "ledger") as deps:
        client = staff_client(deps)
        looks = {name: _look(client.get, f"/notifications{ask}") for name, ask in PAGES.items()}
        fill(deps, 1, SMALL)
        small = {name: median_of(look) for name, look in looks.items()}
        for first in range(SMALL + 1, LARGE, STEP):
            fill(deps, first, min(first + STEP - 1, LARGE))
        _analyze(deps)
        large = {name: median_of(look) for name, look in looks.items()}
    return [
        Figure(f"ledger page, {name}: a million mails / a thousand", large[name] / small[name], "×", 1.2)
        for name in PAGES
    ]  # fmt: skip


def fill(deps: Deps, first: int, last: int) -> None:
    values = {"maker": MAKER, "brand": BRAND, "first": first, "last": last}
    with deps.database.transaction(MAKER) as session:
        session.execute(text("set local statement_timeout = '120s'"))
        session.execute(FILL, values)
    if first == 1:
        _analyze(deps)


def median_of(look: Callable[[], None]) -> float:
    """Return the median seconds of a look, after some that warm up."""
    found = []
    for _ in range(ROUNDS + 5):
        began = time.perf_counter()
        look()
        found.append(time.perf_counter() - began)
    return statistics.median(found[5:])


def _look(get: Callable[..., object], path: str) -> Callable[[], None]:
    def look() -> None:
        answer = get(path)
        assert answer.status_code == 200, path  # type: ignore[attr-defined]

    return look


def _analyze(deps: Deps) -> None:
    """Let the planner know, as autovacuum would."""
    with deps.database.engine.connect() as connection:
        open_ended = connection.execution_options(isolation_level="AUTOCOMMIT")
        open_ended.execute(text("set statement_timeout = '300s'"))
        open_ended.execute(text("analyze messages"))
