"""Limits on traffic: how often one caller may ask, counted in this process.

For what is cheap and harmless to lose. Tries at secrets are counted in PostgreSQL (K18).
"""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from common.errors import TooManyAttempts


class TooMuchTraffic(TooManyAttempts):
    """One caller asks faster than any person does."""

    code = "too_much_traffic"


class Traffic:
    """Counts by key for a minute each."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def demand(self, key: str, *, per_minute: int) -> None:
        """Count one more. Raises TooMuchTraffic with the seconds until the next minute."""
        limit = RateLimitItemPerMinute(per_minute)
        if not self._limiter.hit(limit, key):
            until = self._limiter.get_window_stats(limit, key).reset_time
            raise TooMuchTraffic(
                "Too many requests. Please wait a little.",
                retry_after=max(1, int(until - time.time()) + 1),
            )
