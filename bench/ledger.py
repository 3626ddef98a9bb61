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
# In both ledgers every page but the last is full: what differs is only how much lies behind it.
FILL = text("""
insert into messages (id, maker_id, brand_id, subject_id, order_id, order_number, kind, recipient,
  language, time_zone, "values", state, attempts)
select uuidv7(), :maker, :brand, gen_random_uuid(), gen_random_uuid(),
  'NORD-' || lpad(number::text, 8, '0'),
  case when number % 2 = 0 then 'order_completed_buyer' else 'order_completed_brand' end,
  case when number % 2 = 0 then 'buyer' || number % 16 || '@shop.example'
    else 'orders@nord.example' end,
  'en', 'Asia/Tokyo', '{}', case when number % 10 = 0 then 'dead' else 'done' end, 1
from generate_series(cast(:first as bigint), cast(:last as bigint)) as number
""")
PAGES = {
    "all": "",
    "failed": "?state=failed",
    "one kind": "?kind=order_completed_buyer",
    "one address": "?q=orders@nord.example",
    "one buyer": "?q=buyer2@shop.example",
    "one order": "?q=NORD-00000900",
}


def measure(folder: Path) -> list[Figure]:
    with notifications_parts(folder / "ledger") as deps:
        client = staff_client(deps)
        looks = {name: _look(client.get, f"/notifications{ask}") for name, ask in PAGES.items()}
        fill(deps, 1, SMALL)
        small = {name: seconds_of(look) for name, look in looks.items()}
        for first in range(SMALL + 1, LARGE, STEP):
            fill(deps, first, min(first + STEP - 1, LARGE))
        large = {name: seconds_of(look) for name, look in looks.items()}
    return [
        Figure(f"ledger page, {name}: a million mails / a thousand", large[name] / small[name], "×", 1.2)
        for name in PAGES
    ]  # fmt: skip


def fill(deps: Deps, first: int, last: int) -> None:
    values = {"maker": MAKER, "brand": BRAND, "first": first, "last": last}
    with deps.database.transaction(MAKER) as session:
        session.execute(text("set local statement_timeout = '120s'"))
        session.execute(FILL, values)


def seconds_of(look: Callable[[], None]) -> float:
    """Return the seconds of a look: the quicker quarter's last, which other work disturbs least."""
    found = []
    for _ in range(ROUNDS + 5):
        began = time.perf_counter()
        look()
        found.append(time.perf_counter() - began)
    return statistics.quantiles(found[5:], n=4)[0]


def _look(get: Callable[..., object], path: str) -> Callable[[], None]:
    def look() -> None:
        answer = get(path)
        assert answer.status_code == 200, path  # type: ignore[attr-defined]

    return look
