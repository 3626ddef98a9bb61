"""A twin's own time: what it dates follows it, and a test moves it.

Delays and slow answers do not: they are felt by a caller and so run on the machine's clock.
"""

from datetime import UTC, datetime, timedelta


class VirtualClock:
    """The machine's time, shifted by what was advanced, or standing still while frozen."""

    def __init__(self) -> None:
        self._shift = timedelta(0)
        self._frozen_at: datetime | None = None

    def now(self) -> datetime:
        if self._frozen_at is not None:
            return self._frozen_at
        return datetime.now(UTC) + self._shift

    def advance(self, seconds: float) -> None:
        step = timedelta(seconds=seconds)
        if self._frozen_at is None:
            self._shift += step
        else:
            self._frozen_at += step

    def freeze(self, at: datetime | None = None) -> None:
        self._frozen_at = at or self.now()

    def thaw(self) -> None:
        """Run on from where the clock stood."""
        if self._frozen_at is not None:
            self._shift = self._frozen_at - datetime.now(UTC)
            self._frozen_at = None

    def reset(self) -> None:
        self._shift, self._frozen_at = timedelta(0), None

    def is_frozen(self) -> bool:
        return self._frozen_at is not None
