"""Passwords and passcodes: argon2id, so many at once, exactly one check for every try."""

import threading

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from prometheus_client import Counter

from common.errors import Unavailable

log = structlog.get_logger()

CHECKS = Counter("password_checks_total", "Times a secret was compared with a hash.")
MEMORY_KIB = 46 * 1024
AT_ONCE = 2
PATIENCE_SECONDS = 8.0


class Passwords:
    """Hashes and verifies. `verifications` counts the checks of this process."""

    def __init__(self, *, memory_kib: int | None = None, at_once: int = AT_ONCE) -> None:
        memory = memory_kib or MEMORY_KIB
        self._hasher = PasswordHasher(time_cost=2, memory_cost=memory, parallelism=1)
        self._turn = threading.BoundedSemaphore(at_once)
        self._nobodys = self._hasher.hash("nobody has this one")
        self._counting = threading.Lock()
        self.verifications = 0

    def hash(self, secret: str) -> str:
        """Return the salted hash of a new secret. Raises Unavailable when too many wait."""
        self._wait()
        try:
            return self._hasher.hash(secret)
        finally:
            self._turn.release()

    def verify(self, stored: str | None, secret: str) -> bool:
        """Say whether the secret is the stored one; nobody's (None) costs the same and never is."""
        self._wait()
        try:
            with self._counting:
                self.verifications += 1
            CHECKS.inc()
            return self._fits(stored or self._nobodys, secret) and stored is not None
        finally:
            self._turn.release()

    def _fits(self, stored: str, secret: str) -> bool:
        try:
            return self._hasher.verify(stored, secret)
        except VerificationError:
            return False
        except InvalidHashError:
            log.error("stored hash unreadable")
            return False

    def _wait(self) -> None:
        if not self._turn.acquire(timeout=PATIENCE_SECONDS):
            raise Unavailable(code="sign_in_busy", retry_after=5)
