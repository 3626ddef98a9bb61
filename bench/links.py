"""Gate and list: against a bare page, and at 100 links against 100,000."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import redis
from flask import Flask

from bench.bare import bare_app
from bench.cpu import Page, cpu_ratio
from bench.figure import Figure
from common.testing import PeerServer, make_claims, settings_env, sign_in
from devstack.databases import ServiceDatabase
from devstack.servers.ports import free_ports
from devstack.servers.postgres import running_postgres
from devstack.servers.valkey import running_valkey
from devstack.testing.databases import DatabaseMaker
from links.app import create_app
from links.deps import make_deps
from links.settings import Settings

MAKER = UUID("01930000-0000-7000-8000-000000000001")
BRAND = UUID("01930000-0000-7000-8000-000000000002")
FEW, MANY = 100, 100_000
TOKEN = "benchmark0000000000001"  # noqa: S105 -- an address of the bench
FILL = """
insert into links (id, maker_id, brand_id, token, name, description, status, version, view_only,
  transition, address_shown, passcode_hash, passcode_version, catalog_ids, lookbook_ids,
  payment_methods, shipping_rows, videos, background, contacts)
select gen_random_uuid(), %(maker)s, %(brand)s, 'benchmark' || lpad(n::text, 13, '0'), 'Link ' || n, '',
  'open', 1, false, false, true, 'a hash', 1, '[]', '[]', '["outside"]', '[]', '[]',
  '{"kind": "empty", "url": null}', '[{"first_name": "Mika", "last_name": "Lund",
  "email": "showroom@nord.example", "phone": "", "note": ""}]'
from generate_series(1, %(count)s) n
"""
FOLLOW = (
    "insert into link_tokens (token, link_id, maker_id) select token, id, maker_id from links",
    "insert into link_counts (link_id, maker_id, signed_in, orders) select id, maker_id, 0, 0 from links",
    "analyze",
)


@dataclass(frozen=True)
class Filled:
    """The service over a database with so many links."""

    app: Flask
    database: ServiceDatabase
    cookie: str

    def gate(self) -> Page:
        return Page(self.app, f"/l/{TOKEN}")

    def listed(self, query: str) -> Page:
        return Page(self.app, f"/links{query}", cookie=self.cookie)


def measure(folder: Path) -> list[Figure]:
    postgres, cache = free_ports(2)
    with (
        running_postgres(folder / "postgres", postgres) as server,
        running_valkey(folder / "cache", cache) as valkey,
    ):
        pid = int((folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        maker = DatabaseMaker(server)
        with filled(maker, valkey.url, FEW) as few, filled(maker, valkey.url, MANY) as many:
            bare = bare_app(few.database.url, "link_tokens", "token")
            return [
                Figure(
                    "gate page / a bare page with one indexed query",
                    cpu_ratio(few.gate(), Page(bare, f"/{TOKEN}"), database=pid),
                    "×",
                    2.5,
                ),
                Figure(
                    f"gate page at {MANY:,} links / at {FEW}",
                    cpu_ratio(many.gate(), few.gate(), database=pid),
                    "×",
                    1.2,
                ),
                *(
                    Figure(
                        f"list {query or '?sort=newest'} at {MANY:,} links / at {FEW}",
                        cpu_ratio(many.listed(query), few.listed(query), database=pid, times=20),
                        "×",
                        1.2,
                    )
                    for query in ("", "?sort=name", "?sort=expiry", "?sort=orders")
                ),
            ]


@contextmanager
def filled(maker: DatabaseMaker, cache_url: str, count: int) -> Iterator[Filled]:
    """Give the service over its own database with `count` links in it."""
    database = maker("links")
    with psycopg.connect(database.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("select set_config('app.tenant', %s, false)", [str(MAKER)])
        owner.execute(FILL, {"maker": MAKER, "brand": BRAND, "count": count})
        for statement in FOLLOW:
            owner.execute(statement)
    peers = PeerServer()
    env = settings_env(
        "links",
        database_url=database.url,
        cache_url=cache_url,
        peers=peers.addresses("identity", "catalog", "checkout"),
    )
    app = create_app(make_deps(Settings.from_env(env)))
    claims = make_claims(maker_id=MAKER, brand_ids=[BRAND], role="admin")
    with redis.Redis.from_url(cache_url) as cache:
        cookie = sign_in(cache, claims, kind="session")
    try:
        yield Filled(app, database, f"s={cookie}")
    finally:
        app.extensions["deps"].close()
        peers.close()
