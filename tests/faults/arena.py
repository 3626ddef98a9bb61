"""Where blows are struck: the stack, its books, the seed's dice."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import redis
from tests.faults.books import Books

from devstack.services import SERVICES
from devstack.testing.stack import RunningStack


@dataclass(frozen=True)
class Arena:
    """One stack under attack."""

    stack: RunningStack
    books: Books
    dice: random.Random

    def any_service(self) -> str:
        return self.dice.choice(SERVICES)

    @contextmanager
    def broker(self) -> Iterator["redis.Redis[Any]"]:
        with self._valkey("BROKER_URL") as client:
            yield client

    @contextmanager
    def cache(self) -> Iterator["redis.Redis[Any]"]:
        with self._valkey("CACHE_URL") as client:
            yield client

    @contextmanager
    def _valkey(self, name: str) -> Iterator["redis.Redis[Any]"]:
        url = self.stack.environment("identity")[name]
        with redis.Redis.from_url(url, socket_timeout=3) as client:
            yield client


@dataclass(frozen=True, kw_only=True)
class Blow:
    """One fault of the matrix: what it is called there, and how it is done.

    `strike` harms, waits, heals, and returns how often the fault has really happened.
    """

    name: str
    fault: str
    strike: Callable[[Arena], int]


def until_it_bites(bite: Callable[[], int], *, seconds: float = 8, pause: float = 0.05) -> int:
    """Bite again and again until something was hit; return how much."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hit = bite()
        if hit:
            return hit
        time.sleep(pause)
    return 0
