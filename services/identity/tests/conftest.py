"""The demo world in a real database, the app on it, and peers that answer over HTTP."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from common.db import Database
from common.errors import NotFound
from common.service_tokens import TokenMaker
from common.testing import PeerServer, app_on, make_keys, settings_env
from devstack.databases import ServiceDatabase
from devstack.testing.databases import DatabaseMaker
from devstack.world import cast
from identity.app import create_app, read_own_sessions
from identity.deps import Deps, make_deps
from identity.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))

from identity_people import Person
from identity_world import CHEAP_KIB, fill_with_world


@dataclass(frozen=True)
class House:
    """Identity running on a real database."""

    app: Flask
    deps: Deps
    peers: PeerServer

    @property
    def database(self) -> Database:
        return self.deps.database

    def client(self, address: str = "10.0.0.1") -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_X_REAL_IP"] = address
        return client


def link_answer(link: cast.Link = cast.OPEN, **changed: Any) -> dict[str, Any]:
    """Return what links says of a demo link."""
    answer = {
        "link_id": str(link.id),
        "token": link.token,
        "maker_id": str(cast.MAKER_ID),
        "brand_id": str(cast.NORD.id),
        "version": 1,
        "state": "open",
        "passcode_version": None,
        "view_only": False,
        "transition": link.transition,
        "background": {"kind": "empty", "url": None},
        "contacts": [],
    }
    return answer | changed


@pytest.fixture
def service_database(make_service_database: DatabaseMaker) -> Iterator[ServiceDatabase]:
    made = make_service_database("identity", filled_by=fill_with_world)
    yield made
    make_service_database.drop(made)


@pytest.fixture
def peers() -> Iterator[PeerServer]:
    server = PeerServer()
    links = {link.token: link_answer(link) for link in cast.LINKS}

    def resolve(asked: dict[str, Any]) -> dict[str, Any]:
        if asked["token"] not in links:
            raise NotFound
        return links[asked["token"]]

    server.answers["links", "links/resolve"] = resolve
    yield server
    server.close()


@pytest.fixture
def settings(service_database: ServiceDatabase, cache_url: str, peers: PeerServer) -> Settings:
    env = settings_env(
        "identity",
        database_url=service_database.url,
        cache_url=cache_url,
        peers=peers.addresses("links", "catalog", "checkout", "notifications"),
        MAIL_SECRET_KEY="a key of the tests",
    )
    return Settings.from_env(env)


@pytest.fixture
def house(
    settings: Settings, peers: PeerServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    monkeypatch.setattr("common.passwords.MEMORY_KIB", CHEAP_KIB)
    deps = make_deps(settings)
    deps.cache.flushdb()
    app = app_on(create_app, read_own_sessions(deps), TESTING=True)
    yield House(app, deps, peers)
    deps.close()


@pytest.fixture
def person(house: House) -> Person:
    return Person(house.client())


@pytest.fixture
def newcomer(house: House) -> Callable[..., Person]:
    """Give a function that makes another person, at another address if wished."""
    return lambda address="10.0.0.2": Person(house.client(address))


@pytest.fixture
def ask(house: House) -> Callable[..., TestResponse]:
    """Give a function that asks an internal question as checkout does."""
    private, _ = make_keys()
    tokens = TokenMaker(service="checkout", private_key=private["checkout"])

    def post(question: str, body: Any) -> TestResponse:
        return house.client().post(
            f"/internal/v1/{question}",
            json=body,
            headers={"Authorization": f"Bearer {tokens.token_for('identity')}"},
        )

    return post
