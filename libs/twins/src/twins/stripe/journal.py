"""What was asked of the twin and what it answered, without any key."""

import threading
from collections import deque
from datetime import datetime
from typing import Any

_KEPT = 2000


class Journal:
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def write(
        self, endpoint: str, *, at: datetime, account: str, key: str, outcome: str, fault: str
    ) -> None:
        """Note one call. `outcome` is the status that was answered, or "lost"."""
        call = {
            "endpoint": endpoint,
            "at": at.isoformat(timespec="milliseconds"),
            "account": account,
            "idempotency_key": key,
            "outcome": outcome,
            "fault": fault,
        }
        with self._lock:
            self._calls.append(call)

    def calls(self, endpoint: str | None = None) -> list[dict[str, Any]]:
        with self._lock:
            return [call for call in self._calls if endpoint in (None, call["endpoint"])]

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
