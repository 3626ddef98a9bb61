"""A file of 20,000 SKUs, from its bytes to the last written row, to a bare bulk insert of the same."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.figure import Figure
from catalog.domain.product_columns import known_columns
from catalog.gateways.identity import Brand, TradeTerm
from catalog.store.models import Price, Product, Sku
from catalog.usecases.apply_import import apply_import, confirm_import
from catalog.usecases.describe_offer import brand_columns, offer_of
from catalog.usecases.plan_import import ImportFile, plan_import
from common.clock import utc_now
from common.db import Database
from common.ids import new_id
from common.tables import read_table
from devstack.servers.ports import free_ports
from devstack.servers.postgres import running_postgres
from devstack.testing.databases import DatabaseMaker

MAKER, TERM = UUID(int=1), UUID(int=3)
SKUS, PER_MODEL, ROUNDS = 20_000, 10, 3
BRAND = Brand("N", "en", ("en", "ja"), ("JPY",), (TradeTerm(TERM, "w", "W"),), "Asia/Tokyo")
HEAD = "Model number,Name (en),Name (ja),Category,Colour,Size,SKU number,Price w JPY\n"


def measure(folder: Path) -> list[Figure]:
    content = HEAD + "".join(
        f"M{n // PER_MODEL},Shirt,シャツ,tops,C{n % 2},S{n % PER_MODEL},SKU-{n},6800\n"
        for n in range(SKUS)
    )
    with running_postgres(folder / "postgres", *free_ports(1)) as server:
        database = Database(DatabaseMaker(server)("catalog").url)
        pairs = [
            (_seconds(_import, database, content.encode()), _seconds(_bare, database))
            for _ in range(ROUNDS)
        ]
        database.close()
    value = statistics.median(ours / bare for ours, bare in pairs)
    rate = SKUS / statistics.median(ours for ours, _ in pairs)
    name = f"import {SKUS} SKUs ({rate:.0f} a second) / a bare bulk insert"
    return [Figure(name, value, "×", 4.0)]


def _seconds(do: Callable[..., None], *given: object) -> float:
    began = time.perf_counter()
    do(*given)
    return time.perf_counter() - began


def _import(database: Database, content: bytes) -> None:
    """Read, plan, confirm and apply, as the pages and the job do: a new brand each time."""
    brand_id, now = new_id(), utc_now()
    table = read_table(content, max_rows=SKUS)
    named = known_columns(table.columns, brand_columns(BRAND))
    file = ImportFile("bench.csv", table, {"kind": "own", "columns": named})
    with database.transaction(MAKER) as session:
        offer = offer_of(session, BRAND, brand_id)
        made = plan_import(
            session,
            file,
            maker_id=MAKER,
            brand_id=brand_id,
            offer=offer,
            actor_name="bench",
            now=now,
        )
    with database.transaction(MAKER) as session:
        confirm_import(session, made.id, brand_ids=[brand_id], now=now)
    while _chunk(database, made.id, brand_id):
        pass


def _chunk(database: Database, import_id: UUID, brand_id: UUID) -> bool:
    with database.transaction(MAKER) as session:
        offer = offer_of(session, BRAND, brand_id)
        return apply_import(session, import_id, offer=offer, now=utc_now())


def _bare(database: Database) -> None:
    """Insert the same rows as SQLAlchemy does it by itself: one statement a table."""
    owner = {"maker_id": MAKER, "brand_id": new_id()}
    models = [new_id() for _ in range(SKUS // PER_MODEL)]
    with database.transaction(MAKER) as session:
        session.execute(insert(Product), [_product(owner, n, i) for n, i in enumerate(models)])
        _insert_parts(session, owner, models)


def _product(owner: dict[str, UUID], number: int, product_id: UUID) -> dict[str, object]:
    texts = {"names": {"en": "Shirt", "ja": "シャツ"}, "descriptions": {}, "materials": {}}
    own = {"id": product_id, "model_number": f"M{number}", "category": "tops", "tax_id": None}
    return {**owner, **texts, **own, "version": 1}


def _insert_parts(session: Session, owner: dict[str, UUID], models: list[UUID]) -> None:
    skus = [
        owner
        | {
            "id": new_id(),
            "product_id": models[n // PER_MODEL],
            "number": f"SKU-{n}",
            "colour": f"C{n % 2}",
            "colour_names": {},
            "colour_hex": "#808080",
            "size": f"S{n % PER_MODEL}",
            "position": n % PER_MODEL,
        }
        for n in range(SKUS)
    ]
    session.execute(insert(Sku), skus)
    prices = [
        {"maker_id": MAKER, "product_id": each, "trade_term_id": TERM, "currency": "JPY"}
        for each in models
    ]
    session.execute(insert(Price), [each | {"minor": 6800} for each in prices])
