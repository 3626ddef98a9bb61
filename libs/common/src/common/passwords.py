"""Passwords and passcodes: argon2id, so many at once, exactly one check for every try."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from prometheus_client import Counter as CounterMetric

from common.errors import Unavailable

log = structlog.get_logger()

CHECKS = CounterMetric("password_checks_total", "Times a secret was compared with a hash.")
MEMORY_KIB = 46 * 1024
AT_ONCE = 2
PLACES = 12
"""How many may work or wait. Fewer than a server's threads (SECRET_THREADS of `common.web.serve`):
whoever guesses, however many they are, some threads are left for those who only read."""
CROWDED = 8
"""From so many taken places on, each address has one at most: a flood from few addresses leaves some
to everybody else."""
PATIENCE_SECONDS = 8.0


class SignInBusy(Unavailable):
    """More people want a secret checked at this moment than can be served soon."""

    code = "sign_in_busy"


class Passwords:
    """Hashes and verifies. `verifications` counts the checks of this process."""

    def __init__(self, *, memory_kib: int | None = None, at_once: int = AT_ONCE) -> None:
        """Make a hasher; `at_once` is how many of its checks may run side by side."""
        memory = memory_kib or MEMORY_KIB
        self._hasher = PasswordHasher(time_cost=2, memory_cost=memory, parallelism=1)
        self._taken: Counter[str] = Counter()
        self._holder = threading.local()
        self._turn = threading.BoundedSemaphore(at_once)
        self._nobodys = self._hasher.hash("nobody has this one")
        self._counting = threading.Lock()
        self.verifications = 0

    @contextmanager
    def place(self, *, of: str = "") -> Iterator[None]:
        """Keep a place for what is done inside, checks included. Raises SignInBusy at once.

        `of` is the address that asks, nothing for a change by somebody who is signed in.
        """
        if getattr(self._holder, "has_place", False):
            yield
            return
        self._take_place(of)
        self._holder.has_place = True
        try:
            yield
        finally:
            self._holder.has_place = False
            with self._counting:
                self._taken[of] -= 1
                if not self._taken[of]:
                    del self._taken[of]

    def hash(self, secret: str) -> str:
        """Return the salted hash of a new secret. Raises SignInBusy when too many wait."""
        with self.place(), self._turn_to_work():
            return self._hasher.hash(secret)

    def verify(self, stored: str | None, secret: str) -> bool:
        """Say whether the secret is the stored one; nobody's (None) costs the same and never is."""
        with self.place(), self._turn_to_work():
            with self._counting:
                self.verifications += 1
            CHECKS.inc()
            return self._fits(stored or self._nobodys, secret) and stored is not None

    def _take_place(self, of: str) -> None:
        with self._counting:
            taken = self._taken.total()
            has_one = of != "" and self._taken[of] > 0
            if taken >= PLACES or (has_one and taken >= CROWDED):
                raise SignInBusy(retry_after=2)
            self._taken[of] += 1

    def _fits(self, stored: str, secret: str) -> bool:
        try:
            return self._hasher.verify(stored, secret)
        except VerificationError:
            return False
        except InvalidHashError:
            log.error("stored hash unreadable")
            return False

    @contextmanager
    def _turn_to_work(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=PATIENCE_SECONDS):
            raise SignInBusy(retry_after=5)
        try:
            yield
        finally:
            self._turn.release()
