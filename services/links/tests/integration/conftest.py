"""links on a real database, its peers answering the contracts' samples over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from common.testing import PageClient, PeerServer, app_on, make_claims, settings_env, sign_in
from common.testing.peers import sample_answer
from devstack.databases import ServiceDatabase
from devstack.testing.databases import DatabaseMaker
from links.app import create_app
from links.deps import Deps, make_deps
from links.settings import Settings

MAKER = UUID("01930000-0000-7000-8000-000000000001")
BRAND = UUID("01930000-0000-7000-8000-000000000002")
CATALOG = UUID(sample_answer("catalog", "catalogs/read")["catalogs"][0]["catalog_id"])


@pytest.fixture
def peers() -> Iterator[PeerServer]:
    server = PeerServer()
    yield server
    server.close()


CHEAP_KIB = 64


@pytest.fixture
def store(make_service_database: DatabaseMaker) -> ServiceDatabase:
    return make_service_database("links")


@pytest.fixture
def app(
    store: ServiceDatabase,
    cache_url: str,
    peers: PeerServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Flask]:
    monkeypatch.setattr("common.passwords.MEMORY_KIB", CHEAP_KIB)
    with redis.Redis.from_url(cache_url) as cache:
        cache.flushdb()  # An answer of the test before could be two seconds young.
    env = settings_env(
        "links",
        database_url=store.url,
        cache_url=cache_url,
        peers=peers.addresses("identity", "catalog", "checkout"),
        media_root=str(tmp_path / "media"),
    )
    deps = make_deps(Settings.from_env(env))
    made = app_on(create_app, deps)
    made.test_client_class = PageClient
    yield made
    deps.close()


@pytest.fixture
def deps(app: Flask) -> Deps:
    found: Deps = app.extensions["deps"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def staff(app: Flask, cache_url: str) -> FlaskClient:
    return signed_in(app, cache_url)


def signed_in(app: Flask, cache_url: str, **changed: object) -> FlaskClient:
    """Return a client with the cookie of a staff member of BRAND."""
    own = {"maker_id": MAKER, "brand_ids": [BRAND], "role": "admin"} | changed
    with redis.Redis.from_url(cache_url) as cache:
        token = sign_in(cache, make_claims(**own), kind="session")
    client = app.test_client()
    client.set_cookie("s", token)
    return client
