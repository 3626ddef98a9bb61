"""Pytest fixtures for all packages, brought in by the conftest.py at the root.

Per test process: one PostgreSQL and two Valkeys on free ports, started when first asked for.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devstack.servers.ports import free_ports
from devstack.servers.postgres import Postgres, running_postgres
from devstack.servers.valkey import Valkey, running_valkey
from devstack.testing.databases import DatabaseMaker
from devstack.testing.folders import session_folder
from devstack.testing.templates import keep_compiled_templates


def pytest_configure() -> None:
    keep_compiled_templates()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With -n: tests of one file stay together, and so do all that share the running stack."""
    for item in items:
        has_stack = "stack" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("stack" if has_stack else str(item.path)))


@pytest.fixture(scope="session")
def servers_folder(pytestconfig: pytest.Config) -> Iterator[Path]:
    """Give the folder of this session's servers."""
    with session_folder(pytestconfig.rootpath) as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres(servers_folder: Path) -> Iterator[Postgres]:
    """Give a running server; `make_service_database` is what most tests want."""
    with running_postgres(servers_folder / "postgres", *free_ports(1)) as server:
        yield server


@pytest.fixture(scope="session")
def broker(servers_folder: Path) -> Iterator[Valkey]:
    """Give a running Valkey with the broker's settings."""
    with running_valkey(servers_folder / "broker", *free_ports(1), purpose="broker") as server:
        yield server


@pytest.fixture(scope="session")
def cache(servers_folder: Path) -> Iterator[Valkey]:
    """Give a running Valkey with the cache's settings."""
    with running_valkey(servers_folder / "cache", *free_ports(1), purpose="cache") as server:
        yield server


@pytest.fixture(scope="session")
def broker_url(broker: Valkey) -> str:
    return broker.url


@pytest.fixture(scope="session")
def cache_url(cache: Valkey) -> str:
    return cache.url


@pytest.fixture(scope="session")
def make_service_database(postgres: Postgres) -> DatabaseMaker:
    """Give a function: service's name → ServiceDatabase, new, migrated, empty (about 50 ms)."""
    return DatabaseMaker(postgres)
