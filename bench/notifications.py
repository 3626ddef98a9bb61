"""notifications in a bench: its own servers, an app, a signed-in staff member."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import redis
from flask.testing import FlaskClient

from common.testing import make_claims, settings_env, sign_in
from devstack.servers.ports import free_ports
from devstack.servers.postgres import running_postgres
from devstack.servers.valkey import running_valkey
from devstack.testing.databases import DatabaseMaker
from notifications.app import create_app
from notifications.deps import Deps, make_deps
from notifications.settings import Settings

MAKER, BRAND = UUID(int=1), UUID(int=2)
NO_SMTP = "smtp://127.0.0.1:1"


@contextmanager
def notifications_parts(folder: Path, *, smtp_url: str = NO_SMTP) -> Iterator[Deps]:
    """Give the service's parts on a fresh PostgreSQL and Valkey."""
    ports = free_ports(2)
    with (
        running_postgres(folder / "postgres", ports[0]) as server,
        running_valkey(folder / "cache", ports[1], purpose="cache") as cache,
    ):
        env = settings_env(
            "notifications",
            database_url=DatabaseMaker(server)("notifications").url,
            cache_url=cache.url,
            SMTP_URL=smtp_url,
            MAIL_FROM="Orderlink <orders@orderlink.example>",
        )
        deps = make_deps(Settings.from_env(env), pool_size=8)
        yield deps
        deps.close()


def staff_client(deps: Deps) -> FlaskClient:
    """Return a browser that is signed in as staff of BRAND."""
    claims = make_claims(maker_id=MAKER, brand_ids=[BRAND], role="admin")
    with redis.Redis.from_url(deps.settings.cache_url) as cache:
        token = sign_in(cache, claims, kind="session")
    client = create_app(deps).test_client()
    client.set_cookie("s", token)
    return client
