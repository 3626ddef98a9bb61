"""Real PostgreSQL and Valkey for the delivery tests, and toy services to play with."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import redis
from sqlalchemy import text

from common.db import Database
from common.testing.settings import settings_env
from devstack.servers.binaries import valkey_binary
from devstack.servers.ports import free_ports
from devstack.testing.databases import DatabaseMaker

TOYS = Path(__file__).parent / "toys"
T = TypeVar("T")


def wait_for(look: Callable[[], T], *, seconds: float = 100, what: str = "it") -> T:
    """Return the first true answer, asking ten times a second.

    The canary alone may take 40 s to find a worker that hangs (docs/adr/0004-delivery.md), and
    a busy machine doubles it; who is quick waits for nothing.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = look()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")


class Broker:
    """A Valkey that can be killed and come back empty."""

    def __init__(self) -> None:
        [self.port] = free_ports(1)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        self._process = subprocess.Popen([valkey_binary(), *options], stdout=subprocess.DEVNULL)
        self.client = redis.Redis.from_url(self.url)
        wait_for(self.answers, what="the broker's start")

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Toy:
    """A toy service: its database, and worker processes that are killed and started."""

    def __init__(self, name: str, url: str, broker: Broker, logs: Path) -> None:
        self.name, self.url = name, url
        self.database = Database(f"{url}?application_name=the test")
        self._broker, self._logs = broker, logs
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, roles: str = "all", **env: str) -> subprocess.Popen[bytes]:
        settings = settings_env(
            "links",
            database_url=self.url,
            cache_url=self._broker.url,
            broker_url=self._broker.url,
            **{"SERVICE": self.name, **env},
        )
        process = subprocess.Popen(
            [sys.executable, TOYS / "service.py", *roles.split()],
            env={**os.environ, **settings},
            stdout=(self._logs / f"{self.name}.log").open("ab"),
            stderr=subprocess.STDOUT,
        )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
        self.database.close()

    def count(self, query: str) -> int:
        with self.database.transaction() as session:
            return int(session.scalar(text("select count(*) from " + query)) or 0)  # noqa: S608

    def one(self, query: str) -> Any:
        with self.database.transaction() as session:
            return session.scalar(text(query))

    def run(self, statement: str) -> None:
        with self.database.transaction() as session:
            session.execute(text(statement))

    @property
    def log(self) -> str:
        return (self._logs / f"{self.name}.log").read_text()


@pytest.fixture(scope="session")
def make_toy_database(
    make_service_database: DatabaseMaker, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Give a function: toy's name → address of its new database, as the role it works with."""
    root = tmp_path_factory.mktemp("migrations")
    for name in ("alpha", "beta"):
        (root / name).symlink_to(TOYS / "migrations")

    def make(name: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MIGRATIONS_ROOT", str(root))
            return make_service_database(name).url

    return make


@pytest.fixture(scope="session")
def shared_broker() -> Iterator[Broker]:
    broker = Broker()
    yield broker
    broker.kill()


@pytest.fixture
def broker(shared_broker: Broker) -> Broker:
    """Give an empty broker."""
    if not shared_broker.answers():
        shared_broker.start()
    shared_broker.client.flushall()
    return shared_broker


MakeToy = Callable[[str], Toy]


@pytest.fixture
def make_toy(
    make_toy_database: Callable[[str], str], broker: Broker, tmp_path: Path
) -> Iterator[MakeToy]:
    made: list[Toy] = []

    def make(name: str) -> Toy:
        made.append(Toy(name, make_toy_database(name), broker, tmp_path))
        return made[-1]

    yield make
    for toy in made:
        toy.stop()


@pytest.fixture
def alpha(make_toy: MakeToy) -> Toy:
    return make_toy("alpha")


@pytest.fixture
def beta(make_toy: MakeToy) -> Toy:
    return make_toy("beta")
