"""When something was tried too often: refused by a window of failures, slowed by their number.

Whose tries are counted, and how many are too many, the service says; see its domain/throttle.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.errors import TooManyAttempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """How long failures are remembered, and from how many on every further try waits a little."""

    window: timedelta
    slow_from: int
    pause: timedelta
    refusal: type[TooManyAttempts]

    def pause_before(
        self, limits: Iterable[datetime | None], *, failures: int, now: datetime
    ) -> timedelta:
        """Return how long this try has to wait. Raises the refusal with the seconds to wait.

        `limits` are the failures that filled a limit, None where none did; `failures` are all
        that slow.
        """
        filled = [each for each in limits if each]
        if filled:
            seconds = (max(filled) + self.window - now).total_seconds()
            raise self.refusal(retry_after=max(1, int(seconds) + 1))
        return self.pause if failures >= self.slow_from else timedelta(0)
