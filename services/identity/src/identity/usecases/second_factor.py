"""Switch an account's second factor on and off."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from common.errors import Conflict
from identity.domain.second_factor import RECOVERY_CODES, new_recovery_code, recovery_hash
from identity.store.models import RecoveryCode, User
from identity.store.users import lock_user
from identity.usecases.record_own_change import record_own_change

StepOf = Callable[[str, int | None], int | None]
"""Given the sealed key and the step used last: the step of the typed code; None: wrong."""


class SecondFactorIsOn(Conflict):
    code = "second_factor_is_on"


def offer_second_factor(session: Session, user_id: UUID, *, sealed: str) -> User:
    """Keep a new key until a code of it came back; a key that waits already stays."""
    user = lock_user(session, user_id)
    if user.totp_confirmed_at is None and user.totp_sealed is None:
        user.totp_sealed = sealed
    return user


def confirm_second_factor(
    session: Session, user_id: UUID, *, step_of: StepOf, now: datetime
) -> list[str] | None:
    """Switch it on; return the recovery codes, to be shown this once. None: the code was wrong."""
    user = lock_user(session, user_id)
    if user.totp_confirmed_at is not None:
        raise SecondFactorIsOn("The second factor is on already.")
    step = step_of(user.totp_sealed, None) if user.totp_sealed else None
    if step is None:
        return None
    user.totp_confirmed_at, user.totp_last_step = now, step
    record_own_change(session, user, "second_factor_switched_on", now=now)
    return renew_recovery_codes(session, user.id)


def renew_recovery_codes(session: Session, user_id: UUID) -> list[str]:
    """Replace the account's recovery codes; return the new ones, to be shown this once."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(user_id=user_id, code_hash=recovery_hash(c)) for c in codes)
    return codes


def drop_second_factor(session: Session, user_id: UUID, *, now: datetime) -> None:
    """Switch it off; key and recovery codes are gone."""
    user = lock_user(session, user_id)
    record_own_change(session, user, "second_factor_switched_off", now=now)
    user.totp_sealed = user.totp_confirmed_at = user.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
