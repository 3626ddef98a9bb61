"""How long each step took, over all clients."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx


class Stopwatch(httpx.BaseTransport):
    """A transport that times whole answers under the name of the step its thread is in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._here = threading.local()
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self.errors = 0
        """Answers of 5xx."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what the block asks for under this name."""
        self._here.name = name
        try:
            yield
        finally:
            self._here.name = "other"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not hasattr(self._here, "wire"):
            self._here.wire = httpx.HTTPTransport(verify=False)
        began = time.perf_counter()
        reply: httpx.Response = self._here.wire.handle_request(request)
        reply.read()
        seconds = time.perf_counter() - began
        with self._lock:
            self._seconds[getattr(self._here, "name", "other")].append(seconds)
            self.errors += reply.status_code >= 500
        return reply

    def close(self) -> None:
        """Stay open: browsers come and go."""

    def share(self, name: str, part: float) -> float:
        """Return the seconds within which that part of the step's answers came; 0 for none."""
        found = sorted(self._seconds.get(name, []))
        return found[min(int(part * len(found)), len(found) - 1)] if found else 0.0

    def table(self) -> str:
        head = f"{'step':<16}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"
        lines = [
            f"{name:<16}{len(self._seconds[name]):>7}"
            + "".join(f"{1000 * self.share(name, part):>9.0f}" for part in (0.5, 0.95, 0.99))
            for name in sorted(self._seconds)
        ]
        return "\n".join([head, *lines])
