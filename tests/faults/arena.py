"""Where blows are struck: the stack, its books, the seed's dice."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psutil
import psycopg
import redis
from tests.faults.books import Books
from tests.faults.wire import Wire

from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

T = TypeVar("T")


@dataclass(frozen=True)
class Arena:
    """One stack under attack."""

    stack: RunningStack
    books: Books
    dice: random.Random
    wires: Mapping[str, Wire] = field(default_factory=dict)
    """By whose port they lead to, where the stack runs over wires."""

    def any_service(self) -> str:
        return self.dice.choice(SERVICES)

    def postgres(self, database: str = "postgres") -> psycopg.Connection:
        """Open a connection of the one who may do everything, once the server is up."""
        return once_it_is_up(lambda: self.stack.postgres(database), psycopg.OperationalError)

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Stop a program, once it is there, while the block lasts."""
        with ExitStack() as thawed:
            once_it_is_up(
                lambda: thawed.enter_context(self.stack.frozen(name)),
                psutil.NoSuchProcess,
                KeyError,
            )
            yield

    @contextmanager
    def broker(self) -> Iterator["redis.Redis[Any]"]:
        with self._valkey("BROKER_URL") as client:
            yield client

    def broker_refuses(self) -> bool:
        """Say whether the broker takes no word of ours now."""
        with self.broker() as broker:
            try:
                broker.set("probe", "1")
            except redis.RedisError:
                return True
        return False

    @contextmanager
    def cache(self) -> Iterator["redis.Redis[Any]"]:
        with self._valkey("CACHE_URL") as client:
            yield client

    @contextmanager
    def _valkey(self, name: str) -> Iterator["redis.Redis[Any]"]:
        url = self.stack.environment("identity")[name]
        with redis.Redis.from_url(url, socket_timeout=3) as client:
            with suppress(redis.ResponseError):  # It is full, and says so to a PING, too.
                once_it_is_up(client.ping, redis.ConnectionError, redis.TimeoutError)
            yield client


@dataclass(frozen=True, kw_only=True)
class Blow:
    """One fault of the matrix: what it is called there, and how it is done.

    `strike` harms, waits, heals, and returns how often the fault has really happened.
    """

    name: str
    fault: str
    strike: Callable[[Arena], int]


def once_it_is_up(reach: Callable[[], T], *not_yet: type[Exception], seconds: float = 120) -> T:
    """Return what is reached; the blow before this one may still be felt."""
    until = time.monotonic() + seconds
    while True:
        try:
            return reach()
        except not_yet:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def until_it_bites(bite: Callable[[], int], *, seconds: float = 8, pause: float = 0.05) -> int:
    """Bite again and again until something was hit; return how much."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hit = bite()
        if hit:
            return hit
        time.sleep(pause)
    return 0
