"""The passcode at the gate: asked first, checked, and the pass recorded (R27, R28)."""

import threading
import time
from datetime import timedelta

from flask_babel import gettext as _

from common.passwords import SignInBusy
from links.deps import deps
from links.domain.passcode import LONGEST, normal
from links.domain.throttle import TooManyTries
from links.store.attempts import delete_failures
from links.store.models import Link
from links.usecases.begin_attempt import begin_attempt

_waiting = threading.BoundedSemaphore(2)


def is_passcode(link: Link, typed: str, *, address: str) -> bool:
    """Say whether it is the link's passcode. Raises TooManyTries, SignInBusy.

    Counted as failed first; no transaction is open while argon2 works, and whoever finds no place
    is sent away before the try counts.
    """
    with deps().passwords.place(of=address):
        return _is_passcode(link, typed, address=address)


def _is_passcode(link: Link, typed: str, *, address: str) -> bool:
    with deps().database.transaction() as session:
        pause = begin_attempt(session, link_id=link.id, address=address, now=deps().now())
    _wait(pause)
    if len(typed) > 2 * LONGEST or not deps().passwords.verify(link.passcode_hash, normal(typed)):
        return False
    with deps().database.transaction() as session:
        delete_failures(session, link_id=link.id, address=address)
    return True


def when_again(refused: TooManyTries | SignInBusy) -> str:
    """Return the sentence that says how long to wait."""
    if isinstance(refused, SignInBusy):
        return str(_("Many people are signing in just now. Please try again in a moment."))
    minutes = max(1, ((refused.retry_after or 60) + 59) // 60)
    words = _(
        "The passcode was wrong too often. Please wait %(minutes)s min and try again.",
        minutes=minutes,
    )
    return str(words)


def _wait(pause: timedelta) -> None:
    """Slow a link under attack without letting the attacker occupy every thread."""
    if not pause:
        return
    if not _waiting.acquire(blocking=False):
        raise TooManyTries(retry_after=2)
    try:
        time.sleep(pause.total_seconds())
    finally:
        _waiting.release()
