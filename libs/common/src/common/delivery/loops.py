"""Threads that do one step again and again, and the watch over them (K13)."""

import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import DBAPIError

from common.delivery.doorbell import bell

log = structlog.get_logger()


class Heart:
    """Something that must give a sign of progress in time, or its process is restarted."""

    def __init__(self, name: str, *, within: float | None) -> None:
        self.name = name
        self._within = within
        self._deadline: float | None = None
        if within is not None:
            self.beat()

    def beat(self, *, within: float | None = None) -> None:
        """Tell of progress; the next sign is due within the usual time, or the one given."""
        allowed = within if within is not None else self._within
        self._deadline = None if allowed is None else time.monotonic() + allowed

    def expect(self, *, within: float) -> None:
        """Demand a sign from a heart that so far owed none."""
        if self._deadline is None:
            self._deadline = time.monotonic() + within

    @property
    def is_late(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline


class Loop(threading.Thread):
    """Calls `step` at least every `pause` seconds; at once while it returns True.

    A step that raises is logged and tried again. Only a step that ends well is progress, so a
    thread that fails for longer than `within` has its process restarted. `linger`: seconds to
    wait after the bell, so that what is committed one after the other goes together.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], bool],
        *,
        stopping: threading.Event,
        pause: float = 1.0,
        within: float = 120.0,
        linger: float = 0.0,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.heart = Heart(name, within=within)
        self.bell = bell(name)
        self._step, self._pause, self._linger, self._stopping = step, pause, linger, stopping

    def run(self) -> None:
        while not self._stopping.is_set():
            self.bell.clear()
            if not self._do_step() and self.bell.wait(self._pause):
                time.sleep(self._linger)

    def _do_step(self) -> bool:
        try:
            is_more = self._step()
        except DBAPIError as away:
            log.warning("database refused a step", loop=self.name, error=type(away.orig).__name__)
            return False
        except Exception:
            log.exception("step failed", loop=self.name)
            return False
        self.heart.beat()
        return is_more
