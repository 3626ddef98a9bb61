"""When signing in has failed too often: refused by account and address, slowed by account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.errors import TooManyAttempts
from common.throttle import Throttle

WINDOW = timedelta(minutes=15)
PER_ACCOUNT_AND_ADDRESS = 10
PER_ADDRESS = 100
SLOW_FROM = 10
"""Failures of an account from anywhere, from which on every further try waits a little."""
PAUSE = timedelta(seconds=1)


class TooManyTries(TooManyAttempts):
    """Ten failed tries of one account from one address, or a hundred from one address (R54)."""

    code = "too_many_tries"
    rule = "R54"


@dataclass(frozen=True, slots=True)
class Failures:
    """What is remembered of the window before now."""

    account_and_address: datetime | None
    """The instant of the tenth youngest failure of this account from this address, or None."""
    address: datetime | None
    """The instant of the hundredth youngest failure from this address, or None."""
    of_account: int
    """How many of this account from anywhere."""


THROTTLE = Throttle(window=WINDOW, slow_from=SLOW_FROM, pause=PAUSE, refusal=TooManyTries)


def pause_before(failures: Failures, *, now: datetime) -> timedelta:
    """Return how long this try has to wait. Raises TooManyTries with the seconds to wait."""
    limits = (failures.account_and_address, failures.address)
    return THROTTLE.pause_before(limits, failures=failures.of_account, now=now)
