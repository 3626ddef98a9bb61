"""Faults that were ordered for the next calls."""

import itertools
import threading
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = {
    "timeout_before": "nothing is carried out; the line is silent for `seconds`, then closed",
    "timeout_after": "carried out; the line is silent for `seconds`, then closed",
    "stored_500": "HTTP 500, and every repeat under the same key gets it; carried out if `executed`",
    "error_500": "HTTP 500, not carried out, not kept under the key",
    "rate_limit": "HTTP 429, not carried out",
}


@dataclass(kw_only=True)
class Fault:
    """One order: which calls it hits and what it does to them."""

    kind: str
    endpoint: str = "*"
    """For example checkout.sessions.create; `*` is any."""
    times: int | None = 1
    """How many calls are hit; None until it is cleared."""
    skip: int = 0
    seconds: float = 0.0
    executed: bool = False
    hit: int = field(default=0, init=False)
    seen: int = field(default=0, init=False)
    id: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if self.skip < 0:
            raise ValueError("skip is at least 0")

    def takes(self, endpoint: str) -> bool:
        """Say whether this call is hit, and count it."""
        is_spent = self.times is not None and self.hit >= self.times
        if self.endpoint not in ("*", endpoint) or is_spent:
            return False
        self.seen += 1
        if self.seen <= self.skip:
            return False
        self.hit += 1
        return True


class Faults:
    """The ordered faults, first come first served; one call is hit by one fault at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._faults: list[Fault] = []

    def order(self, fault: Fault) -> Fault:
        with self._lock:
            fault.id = next(self._ids)
            self._faults.append(fault)
            return fault

    def take(self, endpoint: str) -> Fault | None:
        with self._lock:
            return next((fault for fault in self._faults if fault.takes(endpoint)), None)

    def listed(self) -> list[dict[str, Any]]:
        """Return all of them, the spent ones too, with how often each has hit."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
