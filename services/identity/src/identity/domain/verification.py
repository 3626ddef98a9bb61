"""The mailed code that confirms an address: six digits, ten minutes, five tries (R53)."""

from datetime import datetime, timedelta

from common.errors import Gone

CODE = timedelta(minutes=10)
REGISTRATION = timedelta(hours=1)
TRIES = 5
PAUSE = timedelta(minutes=1)
"""Between two mails of one registration."""
MAILS_PER_HOUR = 5
"""To one address, whoever asks: with five tries each nobody guesses one of a million codes."""


class RegistrationIsOver(Gone):
    """Used, unknown, or older than an hour."""

    code = "registration_is_over"
    rule = "R53"


def may_try(*, tries: int, expires_at: datetime, now: datetime) -> bool:
    """Say whether a code may still be compared."""
    return tries < TRIES and now < expires_at


def seconds_to_wait(next_at: datetime, *, now: datetime) -> int:
    """Return how long until another mail may be asked for; 0: now."""
    return max(0, int((next_at - now).total_seconds() + 0.999))
