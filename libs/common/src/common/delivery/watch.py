"""The watch: ends the process when a part of it is dead, stalls or does not stop (K13).

Celery 5.7 workers exit on some broker losses and stall on others; the database, or the code of a
handler, may hang. A restart by the supervisor cures all of these and loses nothing.
"""

import os
import threading
import time
from collections.abc import Sequence
from typing import NoReturn

import structlog

from common.delivery.loops import Heart, Loop

log = structlog.get_logger()

STALLED, CUT_OFF = 70, 75
"""Exit statuses: a part died or gave no sign; SIGTERM was not obeyed in time."""
GRACE = 8.0
"""Seconds to stop in. What runs longer is cut off and found again by its lease."""


class Watch(threading.Thread):
    """Looks at every loop and heart once a second."""

    def __init__(
        self, loops: Sequence[Loop], hearts: Sequence[Heart], stopping: threading.Event
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._loops, self._hearts, self._stopping = loops, hearts, stopping

    def run(self) -> None:
        while not self._stopping.wait(1.0):
            wrong = self.find_wrong()
            if wrong:
                log.critical("a part gives no sign", part=wrong)
                stop(self._stopping, self._loops)
                self._cut_off(STALLED)
        self._cut_off(CUT_OFF)

    def find_wrong(self) -> str | None:
        """Return the name of a part that is dead or late."""
        dead = [loop.name for loop in self._loops if not loop.is_alive()]
        late = [heart.name for heart in self._hearts if heart.is_late]
        return next(iter(dead + late), None)

    def _cut_off(self, status: int) -> NoReturn:
        """Let the others finish what they do, but not for long."""
        time.sleep(GRACE)
        log.critical("cut off", status=status)
        os._exit(status)


def stop(stopping: threading.Event, loops: Sequence[Loop]) -> None:
    """Tell every loop to end after its present step."""
    stopping.set()
    for loop in loops:
        loop.bell.set()
