"""When the passcode was tried too often: refused by link and address, slowed by link (R28)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.errors import TooManyAttempts
from common.throttle import Throttle

WINDOW = timedelta(minutes=15)
PER_LINK_AND_ADDRESS = 10
PER_ADDRESS = 60
SLOW_FROM = 100
"""Failures on one link from anywhere, from which on every further try waits a little. A refusal
here would let a stranger with many addresses shut the link for everybody."""
PAUSE = timedelta(seconds=1)


class TooManyTries(TooManyAttempts):
    """Ten failed tries on one link from one address, or sixty from one address."""

    code = "too_many_tries"
    rule = "R28"


@dataclass(frozen=True, slots=True)
class Failures:
    """What is remembered of the window before now."""

    link_and_address: datetime | None
    """The instant of the tenth youngest failure on this link from this address, or None."""
    address: datetime | None
    """The instant of the sixtieth youngest failure from this address, or None."""
    of_link: int
    """How many on this link from anywhere."""


THROTTLE = Throttle(window=WINDOW, slow_from=SLOW_FROM, pause=PAUSE, refusal=TooManyTries)


def pause_before(failures: Failures, *, now: datetime) -> timedelta:
    """Return how long this try has to wait. Raises TooManyTries with the seconds to wait."""
    limits = (failures.link_and_address, failures.address)
    return THROTTLE.pause_before(limits, failures=failures.of_link, now=now)
