"""The pages of orders: as quick with a million as with a thousand."""

import json
from pathlib import Path
from uuid import UUID

from bench.checkout import BRAND, MAKER, OTHER_BRAND, Parts, checkout_parts, servers
from bench.cpu import Page, cpu_ratio
from bench.figure import Figure
from common.testing.peers import sample_answer
from devstack.testing.databases import DatabaseMaker

SMALL, LARGE = 1_000, 1_000_000
STEP = 100_000
LINES = 10
SHOWN = 1_000
"""So many orders at either end of each step have all their lines: every page shows only such ones,
at either size. Those between only have to be there."""
RARE_LINK = UUID(int=1)
# Nine of ten orders are NORD's, the oldest fifty came through one link. The number grows with the
# id, as it does in the shop.
ORDERS = """
insert into orders (id, checkout_attempt_id, brand_id, order_number, state, catalog_id, catalog_name,
  link_id, buyer_id, buyer_name, buyer_kind, method, session_id, payment_method, language,
  total_minor, currency, units, snapshot, address_by_hand, submitted_at, completed_at, maker_id)
select uuidv7(make_interval(secs => number - 2000000)), gen_random_uuid(),
  case when number %% 10 = 0 then %(other)s else %(brand)s end::uuid,
  case when number %% 10 = 0 then 'SUND-' else 'NORD-' end || lpad(number::text, 8, '0'),
  'oc_not_created', %(brand)s, 'Spring 27 Women',
  case when number <= 50 then %(rare_link)s else %(brand)s end::uuid, gen_random_uuid(), 'Shop ' || number %% 50,
  'offline', 'offline_login', gen_random_uuid(), 'outside', 'en', 40800, 'JPY', 30, %(snapshot)s,
  false, now(), now(), %(maker)s
from generate_series(%(first)s::int, %(last)s::int) as number
"""
LEDGER = """
insert into ledger_entries (id, order_id, kind, subject, seq, state, what, recipient, attempts,
  changed_at, maker_id)
select gen_random_uuid(), id, 'mail', 'one', 1, 'done', 'order_completed_buyer', 's***@shop.example',
  1, now(), maker_id from orders where id > %(after)s
"""
SLIPS = """
insert into next_engine_slips (id, brand_id, order_id, link_id, position, slip_number, state, attempts,
  changed_at, maker_id)
select gen_random_uuid(), brand_id, id, link_id, 1, order_number, 'done', 1, now(), maker_id
from orders where id > %(after)s
"""
ORDER_LINES = """
insert into order_lines (order_id, position, sku_id, sku_number, model_number, product_name,
  properties, unit_price_minor, unit_price_currency, quantity, amount_minor, amount_currency, maker_id)
select id, 1, id, 'TEE-01', 'TEE', 'Tee', '{}', 4080, 'JPY', 10, 40800, 'JPY', maker_id
from orders where id > %(after)s
"""
NEWEST = "select id from orders order by id desc limit 1"
OLD = "select id from orders order by id offset 100 limit 1"
PAGES = {
    "list": "?",
    "list, one number": "?q=NORD-00000501",
    "list, many numbers": "?q=NORD-00000",
    "list, one link's uploads": f"?link={RARE_LINK}&upload=done",
    "list, the last page": "?before={old}",
    "an order": "/{newest}",
}


def measure(folder: Path) -> list[Figure]:
    pid_file = folder / "orders" / "postgres" / "data" / "postmaster.pid"
    with servers(folder / "orders") as (server, cache_url):
        maker, pid = DatabaseMaker(server), int(pid_file.read_text().splitlines()[0])
        with (
            checkout_parts(maker, server, cache_url) as few,
            checkout_parts(maker, server, cache_url) as many,
        ):
            fill(few, 1, SMALL)
            for first in range(1, LARGE, STEP):
                fill(many, first, min(first + STEP - 1, LARGE))
            at_few, at_many = pages_of(few), pages_of(many)
            return [
                Figure(
                    f"orders, {name}: a million / a thousand",
                    cpu_ratio(at_many[name], at_few[name], database=pid, times=40),
                    "×",
                    1.2,
                )
                for name in PAGES
            ]


def pages_of(parts: Parts) -> dict[str, Page]:
    """Return each page, at the orders as they are now."""
    with parts.fills() as connection:
        connection.execute("analyze")
        [newest] = connection.execute(NEWEST).fetchone() or [None]
        [old] = connection.execute(OLD).fetchone() or [None]
    page = parts.staff_page()
    return {
        name: page("/orders" + path.format(newest=newest, old=old)) for name, path in PAGES.items()
    }


def fill(parts: Parts, first: int, last: int) -> None:
    """Add these orders, what a page can show of them with all lines."""
    with parts.fills() as connection:
        [after] = connection.execute(NEWEST).fetchone() or [UUID(int=0)]
        for begin, end, lines in batches(first, last):
            asked = {
                "maker": MAKER,
                "brand": BRAND,
                "other": OTHER_BRAND,
                "rare_link": RARE_LINK,
                "first": begin,
                "last": end - 1,
                "snapshot": snapshot(lines),
            }
            connection.execute(ORDERS, asked)
        for statement in (LEDGER, SLIPS, ORDER_LINES):
            connection.execute(statement, {"after": after})


def batches(first: int, last: int) -> list[tuple[int, int, int]]:
    """Return begin, end (exclusive) and lines per order of three batches."""
    lean = min(first + SHOWN, last + 1)
    full = max(last + 1 - SHOWN, lean)
    return [(first, lean, LINES), (lean, full, 1), (full, last + 1, LINES)]


def snapshot(lines: int) -> str:
    """Return what was agreed, of so many lines, as an order keeps it."""
    [priced] = sample_answer("catalog", "prices/read")["catalogs"][:1]
    agreed = {name: priced[name] for name in ("catalog_id", "catalog_name", "goods", "taxes")}
    buyer, brand = (
        sample_answer("identity", "buyers/read"),
        sample_answer("identity", "brands/read"),
    )
    frame = {
        "lines": priced["lines"][:1] * lines,
        "shipping": None,
        "total": priced["goods"],
        "buyer": buyer,
        "brand": brand,
        "payment_terms": None,
        "recipients": [],
        "transition": False,
    }
    return json.dumps(agreed | frame)
