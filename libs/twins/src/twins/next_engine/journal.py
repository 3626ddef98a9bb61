"""What was asked of the twin and what it answered, without any token or secret (behaviour 49)."""

import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from twins.next_engine.clock import japan_time

_KEPT = 2000
_SECRETS = ("access_token", "refresh_token", "client_secret", "state")


class Journal:
    """The latest calls, oldest first, and how many there were of each endpoint in all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._counts: dict[str, int] = {}

    def write(
        self, endpoint: str, form: Mapping[str, bytes], *, at: datetime, outcome: str, fault: str
    ) -> None:
        """Note one call. `outcome` is what the caller was told, or "lost"."""
        with self._lock:
            self._counts[endpoint] = self._counts.get(endpoint, 0) + 1
            self._calls.append(
                {
                    "endpoint": endpoint,
                    "at": japan_time(at),
                    "parameters": {name: _shown(name, value) for name, value in form.items()},
                    "outcome": outcome,
                    "fault": fault,
                }
            )

    def calls(self, endpoint: str | None = None) -> list[dict[str, Any]]:
        with self._lock:
            return [call for call in self._calls if endpoint in (None, call["endpoint"])]

    def counts(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counts)

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
            self._counts.clear()


def _shown(name: str, value: bytes) -> str:
    if name in _SECRETS:
        return "***"
    if name.startswith("data_") and not name.startswith("data_type"):
        return f"({len(value)} bytes)"
    return value.decode("utf-8", "replace")[:500]
