"""A catalog page at a buyer's terms: against a bare page of the same rows, and in a large brand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import redis
from flask import Flask, render_template_string
from sqlalchemy import Row, create_engine, text

from bench.cpu import Page, cpu_ratio
from bench.figure import Figure
from catalog.app import create_app
from catalog.deps import make_deps
from catalog.settings import Settings
from common.testing import PeerServer, make_claims, settings_env, sign_in
from common.testing.peers import sample_answer
from devstack.servers.ports import free_ports
from devstack.servers.postgres import running_postgres
from devstack.servers.valkey import running_valkey
from devstack.testing.databases import DatabaseMaker

LINK = sample_answer("links", "links/resolve")
BUYER = sample_answer("identity", "buyers/read")
BRAND_ANSWER = sample_answer("identity", "brands/read")
MAKER, BRAND, CATALOG = (UUID(LINK["maker_id"]), UUID(LINK["brand_id"]), UUID(int=77))
TERM, CURRENCY = BUYER["terms"]["trade_term_id"], BUYER["terms"]["currency"]
SHOWN, FEW, MANY = 50, 1_000, 100_000

FILL = """
insert into brand_makers values (%(brand)s, %(maker)s, 'en');
insert into taxes (id, maker_id, brand_id, names, country, percent, is_reduced, rounding, version)
values ('00000000-0000-0000-0000-00000000000a', %(maker)s, %(brand)s, '{"en": "Tax"}', 'JP', 10, false, 'down', 1);
insert into products (id, maker_id, brand_id, model_number, names, descriptions, materials, category, tax_id, version)
select lpad(to_hex(n), 32, '0')::uuid, %(maker)s, %(brand)s, 'M-' || n, '{"en": "Shirt", "ja": "シャツ"}',
  '{"en": "A shirt for the season."}', '{"en": "Cotton"}', 'tops', '00000000-0000-0000-0000-00000000000a', 1
from generate_series(1, %(count)s) n;
insert into prices (maker_id, product_id, trade_term_id, currency, minor)
select %(maker)s, id, %(term)s, %(currency)s, 6800 from products;
insert into skus (id, maker_id, brand_id, product_id, number, colour, colour_names, colour_hex, size, position)
select gen_random_uuid(), %(maker)s, %(brand)s, p.id, p.model_number || '-' || c || '-' || s, 'c' || c,
  '{"en": "Ink", "ja": "インク"}', '#2d3340', s, c * 4 + o
from products p, generate_series(1, 3) c, unnest(array['S', 'M', 'L', 'XL']) with ordinality as sizes (s, o);
insert into product_images (id, maker_id, product_id, key, colour, alts, position)
select gen_random_uuid(), %(maker)s, id, 'bench/' || model_number || '-' || c, 'c' || c, '{"en": "A shirt"}', c
from products, generate_series(1, 2) c;
insert into catalogs (id, maker_id, brand_id, names, descriptions, status, payment_methods, address_shown,
  shipping_rows, version, minimum_amounts, lookbook_ids, videos, has_comment_box)
select lpad(to_hex(76 + n), 32, '0')::uuid, %(maker)s, %(brand)s, '{"en": "Season"}', '{}', 'open', '["outside"]',
  true, '[]', 1, '{}', '[]', '[]', false from generate_series(1, %(count)s / %(shown)s) n;
insert into catalog_products (maker_id, catalog_id, product_id, position)
select %(maker)s, lpad(to_hex(77 + (n - 1) / %(shown)s), 32, '0')::uuid, lpad(to_hex(n), 32, '0')::uuid, n
from generate_series(1, %(count)s) n;
analyze
"""
BARE_PRODUCTS = """
select p.*, r.minor, t.percent from catalog_products c join products p on p.id = c.product_id
left join prices r on r.product_id = p.id and r.trade_term_id = :term and r.currency = :currency
left join taxes t on t.id = p.tax_id where c.catalog_id = :catalog order by c.position limit 51"""
BARE_SKUS = "select * from skus where product_id = any(:products) order by position"
BARE_IMAGES = "select * from product_images where product_id = any(:products) order by position"
BARE_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Season</title>
{% for product in products %}<article><h2>{{ product.names.en }}</h2><p>{{ product.minor }}</p>
{% for image in images[product.id] %}<img src="/media/{{ image.key }}" alt="{{ image.alts.en }}">{% endfor %}
<table>{% for sku in skus[product.id] %}<tr><th>{{ sku.colour_names.en }} {{ sku.size }}</th>
<td><input name="{{ sku.id }}" aria-label="{{ product.names.en }} {{ sku.size }}"></td></tr>{% endfor %}</table>
</article>{% endfor %}</html>"""


@dataclass(frozen=True)
class Filled:
    app: Flask
    database_url: str
    cookie: str

    def catalog(self) -> Page:
        return Page(self.app, f"/shop/{LINK['token']}/catalogs/{CATALOG}", cookie=self.cookie)


def measure(folder: Path) -> list[Figure]:
    postgres, cache = free_ports(2)
    with (
        running_postgres(folder / "postgres", postgres) as server,
        running_valkey(folder / "cache", cache) as valkey,
    ):
        pid = int((folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        maker = DatabaseMaker(server)
        with filled(maker, valkey.url, FEW) as few, filled(maker, valkey.url, MANY) as many:
            bare = Page(bare_catalog(few.database_url), "/")
            ours = cpu_ratio(few.catalog(), bare, database=pid, times=25)
            growth = cpu_ratio(many.catalog(), few.catalog(), database=pid, times=25)
    return [
        Figure(f"catalog page of {SHOWN} × 12 / a bare page of the same rows", ours, "×", 4.0),
        Figure(f"catalog page at {MANY:,} products / at {FEW:,}", growth, "×", 1.2),
    ]


@contextmanager
def filled(maker: DatabaseMaker, cache_url: str, count: int) -> Iterator[Filled]:
    """Give the service over its own database with so many products, 50 to a catalog."""
    database = maker("catalog")
    values = {
        "maker": MAKER,
        "brand": BRAND,
        "term": TERM,
        "currency": CURRENCY,
        "count": count,
        "shown": SHOWN,
    }
    with psycopg.connect(database.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("select set_config('app.tenant', %s, false)", [str(MAKER)])
        for statement in FILL.split(";"):
            owner.execute(statement, values if "%" in statement else None)
    peers = PeerServer()
    peers.answers[("links", "links/resolve")] = LINK | {
        "catalog_ids": [str(CATALOG)],
        "lookbook_ids": [],
    }
    peers.answers[("identity", "buyers/read")] = BUYER
    peers.answers[("identity", "brands/read")] = BRAND_ANSWER
    env = settings_env(
        "catalog",
        database_url=database.url,
        cache_url=cache_url,
        peers=peers.addresses("identity", "links", "checkout"),
    )
    deps = make_deps(Settings.from_env(env))
    link_id, buyer_id = UUID(LINK["link_id"]), UUID(BUYER["buyer_id"])
    claims = make_claims(
        kind="buyer", maker_id=MAKER, brand_id=BRAND, buyer_id=buyer_id, link_id=link_id
    )
    with redis.Redis.from_url(cache_url) as cache:
        cookie = sign_in(cache, claims, kind="buyer", link_id=link_id)
    yield Filled(create_app(deps), database.url, f"b={cookie}")
    deps.close()
    peers.close()


def bare_catalog(database_url: str) -> Flask:
    """Return an app whose page reads the rows of the catalog and writes them down."""
    app = Flask("bare")
    engine = create_engine(database_url, pool_size=4)

    @app.get("/")
    def show() -> str:
        with engine.begin() as connection:
            connection.execute(
                text("select set_config('app.tenant', :maker, true)"), {"maker": str(MAKER)}
            )
            asked = {"term": TERM, "currency": CURRENCY, "catalog": CATALOG}
            products = connection.execute(text(BARE_PRODUCTS), asked).all()
            shown = {"products": [product.id for product in products]}
            skus, images = (
                by_product(connection.execute(text(query), shown))
                for query in (BARE_SKUS, BARE_IMAGES)
            )
        return render_template_string(BARE_PAGE, products=products, skus=skus, images=images)

    return app


def by_product(rows: Iterable[Row[Any]]) -> dict[UUID, list[Row[Any]]]:
    found: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.product_id].append(row)
    return found
