"""Proving a secret: counted first, one argon2 check in every case, the same answer for all."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from common.passwords import SignInBusy
from identity.counts import SIGN_INS
from identity.deps import deps
from identity.domain.methods import Method, WrongCredentials
from identity.domain.throttle import TooManyTries
from identity.store.attempts import delete_failures
from identity.store.users import Credential
from identity.usecases.begin_attempt import account_key, begin_attempt
from identity.web.callers import client_address

Find = Callable[[Session], Credential | None]
REFUSALS = (WrongCredentials, TooManyTries, SignInBusy)
"""What a form says about a secret that was not taken."""
RESULTS = {WrongCredentials: "wrong", TooManyTries: "throttled", SignInBusy: "busy"}
METHODS = {
    "user": Method.USER_ACCOUNT.value,
    "offline": Method.OFFLINE_LOGIN.value,
    "code": Method.BRAND_CREDENTIALS.value,
}
"""By what `prove` is told first; staff signs in as users do."""
_waiting = threading.BoundedSemaphore(2)


def prove(*account: object, secret: str, find: Find, maker_id: UUID | None = None) -> UUID:
    """Return whose secret it is. Raises one of REFUSALS.

    `account` names what is tried: the way in, its brand, and what was typed. No transaction is
    open while argon2 works, and whoever finds no place is sent away before the try counts.
    """
    method = METHODS.get(str(account[0]), "other")
    try:
        with deps().passwords.place(of=client_address()):
            found = _prove(*account, secret=secret, find=find, maker_id=maker_id)
    except REFUSALS as refusal:
        SIGN_INS.labels(method, RESULTS[type(refusal)]).inc()
        raise
    SIGN_INS.labels(method, "right").inc()
    return found


def _prove(*account: object, secret: str, find: Find, maker_id: UUID | None) -> UUID:
    key, address, now = account_key(*account), client_address(), deps().now()
    with deps().database.transaction(maker_id) as session:
        pause = begin_attempt(session, account=key, address=address, now=now)
        found = find(session)
    _wait(pause)
    is_right = deps().passwords.verify(found.secret_hash if found else None, secret)
    if found is None or not is_right:
        raise WrongCredentials(_("Those details do not match. Please check both and try again."))
    with deps().database.transaction() as session:
        delete_failures(session, account=key, address=address)
    return found.id


def _wait(pause: timedelta) -> None:
    """Slow an account under attack without letting the attacker occupy every thread."""
    if not pause:
        return
    if not _waiting.acquire(blocking=False):
        raise TooManyTries(retry_after=2)
    try:
        time.sleep(pause.total_seconds())
    finally:
        _waiting.release()
