"""checkout in a bench: its own servers, its parts, a signed-in staff member."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import redis
from cryptography.fernet import Fernet

from bench.cpu import Page
from checkout.app import create_app
from checkout.deps import Deps, make_deps
from checkout.settings import Settings
from common.testing import PeerServer, make_claims, settings_env, sign_in
from devstack.servers.ports import free_ports
from devstack.servers.postgres import Postgres, running_postgres
from devstack.servers.valkey import running_valkey
from devstack.testing.databases import DatabaseMaker

MAKER, BRAND, OTHER_BRAND = UUID(int=1), UUID(int=2), UUID(int=3)
NOWHERE = "http://127.0.0.1:9/next-engine"


@dataclass(frozen=True)
class Parts:
    deps: Deps
    server: Postgres
    database: str

    def fills(self) -> psycopg.Connection:
        """Open a connection that writes rows past tenants, triggers and foreign keys."""
        connection = self.server.connect(self.database)
        connection.execute("set session_replication_role = replica")
        return connection

    def staff_page(self) -> Callable[[str], Page]:
        """Return a function that gives the page at a path, as staff of both brands sees it."""
        claims = make_claims(maker_id=MAKER, brand_ids=[BRAND, OTHER_BRAND], role="admin")
        with redis.Redis.from_url(self.deps.settings.cache_url) as cache:
            token = sign_in(cache, claims, kind="session")
        app = create_app(self.deps)
        return lambda path: Page(app, path, cookie=f"s={token}")


@contextmanager
def servers(folder: Path) -> Iterator[tuple[Postgres, str]]:
    """Give a fresh PostgreSQL and the address of a fresh Valkey."""
    ports = free_ports(2)
    with (
        running_postgres(folder / "postgres", ports[0]) as server,
        running_valkey(folder / "cache", ports[1], purpose="cache") as cache,
    ):
        yield server, cache.url


@contextmanager
def checkout_parts(maker: DatabaseMaker, server: Postgres, cache_url: str) -> Iterator[Parts]:
    """Give the service's parts on a database of their own."""
    database, peers = maker("checkout"), PeerServer()
    env = settings_env(
        "checkout",
        database_url=database.url,
        cache_url=cache_url,
        peers=peers.addresses("links", "identity", "catalog", "notifications"),
        NEXT_ENGINE_API_URL=NOWHERE,
        NEXT_ENGINE_LOGIN_URL=NOWHERE,
        NEXT_ENGINE_CLIENT_ID="id",
        NEXT_ENGINE_CLIENT_SECRET="secret",  # noqa: S106 -- nobody asks for it
        TOKEN_ENCRYPTION_KEY=Fernet.generate_key().decode(),
    )
    deps = make_deps(Settings.from_env(env))
    yield Parts(deps, server, database.name)
    deps.close()
    peers.close()
