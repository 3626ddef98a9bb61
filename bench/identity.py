"""Signing in against the hash that it has to pay for, a session's read, pages under an attack."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import redis
from argon2 import PasswordHasher

from bench.attack import GUESSERS, SECONDS, Reading, attacked, read_pages
from bench.cpu import cpu_ratio
from bench.figure import Figure, ratio
from common.clock import utc_now
from common.db import Database
from common.passwords import MEMORY_KIB
from common.sessions import SessionReader, copy_key, hash_of
from common.testing import PageClient, make_claims, settings_env, sign_in
from devstack.servers.ports import LOOPBACK, free_ports
from devstack.servers.postgres import running_postgres
from devstack.servers.valkey import running_valkey
from devstack.testing.databases import DatabaseMaker
from devstack.world import cast
from devstack.world.identity import load
from identity.app import create_app, read_own_sessions
from identity.deps import make_deps
from identity.settings import Settings

LET_IN = {301, 302, 303}


def measure(folder: Path) -> list[Figure]:
    postgres, valkey, web = free_ports(3)
    with (
        running_postgres(folder / "postgres", postgres) as server,
        running_valkey(folder / "cache", valkey) as cache,
    ):
        pid = int((folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        env = settings_env(
            "identity",
            database_url=DatabaseMaker(server)("identity").url,
            cache_url=cache.url,
            MAIL_SECRET_KEY="a key of the bench",  # noqa: S106
            WEB_HOST=LOOPBACK,
            WEB_PORT=str(web),
        )
        _load_world(env)
        with redis.Redis.from_url(cache.url) as copies:
            return [
                _signing_in(env, database=pid),
                _reading_a_session(copies),
                *_under_attack(env, web, copies),
            ]


def _signing_in(env: Mapping[str, str], *, database: int) -> Figure:
    """CPU of the whole request, PostgreSQL's included, to that of one check of the hash."""
    hasher = PasswordHasher(time_cost=2, memory_cost=MEMORY_KIB, parallelism=1)
    stored = hasher.hash(cast.PASSWORD)
    deps = make_deps(Settings.from_env(env))
    app = create_app(read_own_sessions(deps))
    app.test_client_class = PageClient
    client = app.test_client(use_cookies=True)
    form = {"email": cast.OWNER.email, "password": cast.PASSWORD}

    def ours() -> None:
        reply = client.post("/signin", data=form)
        assert reply.status_code in LET_IN, reply.status_code

    def bare() -> None:
        hasher.verify(stored, cast.PASSWORD)

    found = cpu_ratio(ours, bare, database=database, times=20)
    deps.close()
    return Figure("signing in / one check of the argon2id hash", found, "×", 1.3)


def _reading_a_session(copies: "redis.Redis") -> Figure:
    """Seconds of what each page request does, to those of the GET in it."""
    claims = make_claims(
        maker_id=cast.MAKER_ID, brand_ids=[cast.NORD.id, cast.SOLEIL.id], role="admin"
    )
    token = sign_in(copies, claims, kind="session")
    reader = SessionReader(cache=copies, ask_identity=_nobody)
    key = copy_key("session", hash_of(token))
    found = ratio(lambda: reader.read("session", token), lambda: copies.get(key), times=2_000)
    return Figure("reading a session / a bare Valkey GET", found, "×", 3.0)


def _nobody(question: Mapping[str, object]) -> Mapping[str, object]:
    raise AssertionError("the copy was not found")


def _under_attack(env: Mapping[str, str], port: int, copies: "redis.Redis") -> list[Figure]:
    claims = make_claims(
        maker_id=cast.MAKER_ID, brand_ids=[cast.NORD.id], role="admin", user_id=cast.OWNER.id
    )
    cookie = f"s={sign_in(copies, claims, kind='session')}"

    def read(seconds: float) -> Reading:
        return read_pages(port, "/buyers", cookie=cookie, seconds=seconds)

    with _serving(env, port):
        read(1.0)
        alone = read(SECONDS / 2)
        with attacked(port) as answers:
            time.sleep(0.5)
            beside = read(SECONDS - 2)
    print(f"  pages alone:          {alone}")
    print(f"  pages under attack:   {beside}")
    print(f"  the attack's answers: {dict(answers)}")
    inside = sum(count for status, count in answers.items() if status in LET_IN)
    return [
        Figure(
            f"page while {GUESSERS} guess, median / alone", beside.median / alone.median, "×", 10
        ),
        Figure(
            f"page while {GUESSERS} guess, 95 of 100 within", beside.slowest_of_twenty, "s", 0.5
        ),
        Figure("of all who guessed, let in", inside, "", 0),
    ]


@contextmanager
def _serving(env: Mapping[str, str], port: int) -> Iterator[None]:
    """Run the service's web process as it is run for users."""
    process = subprocess.Popen(
        [sys.executable, "-m", "identity.app"], env={**os.environ, **env}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(lambda: httpx.get(f"http://{LOOPBACK}:{port}/health/live").status_code == 200)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if holds():
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service does not answer")


def _load_world(env: Mapping[str, str]) -> None:
    database = Database(env["DATABASE_URL"])
    load(database, now=utc_now(), env={})
    database.close()
