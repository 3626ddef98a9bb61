"""Between password and session: the second factor is asked for."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.sessions import hash_of
from identity.domain import lifetimes
from identity.domain.second_factor import TRIES, is_six_digits, recovery_hash
from identity.store.models import HalfSignIn, RecoveryCode, User
from identity.store.users import lock_user
from identity.usecases.second_factor import StepOf


@dataclass(frozen=True, slots=True)
class Passed:
    """Who passed, and where to."""

    user_id: UUID
    next_path: str | None
    link_token: str | None


def begin_second_step(
    session: Session, user_id: UUID, *, next_path: str | None, link_token: str | None, now: datetime
) -> str:
    """Return the raw token of the cookie that stands for the right password."""
    token = secrets.token_urlsafe(32)
    row = HalfSignIn(
        token_hash=hash_of(token),
        user_id=user_id,
        next_path=next_path,
        link_token=link_token,
        expires_at=now + lifetimes.SECOND_STEP,
    )
    session.add(row)
    return token


def find_half(session: Session, token: str | None, *, now: datetime) -> HalfSignIn | None:
    """Return the sign-in that waits for its second step, row-locked, or None."""
    if token is None:
        return None
    query = select(HalfSignIn).where(
        HalfSignIn.token_hash == hash_of(token),
        HalfSignIn.expires_at > now,
        HalfSignIn.tries < TRIES,
    )
    return session.scalars(query.with_for_update()).one_or_none()


def take_second_step(
    session: Session, half: HalfSignIn, typed: str, *, step_of: StepOf, now: datetime
) -> Passed | None:
    """Count the try; with the right code the half sign-in is spent. None: it was wrong."""
    half.tries += 1
    user = lock_user(session, half.user_id)
    if not _is_right(session, user, typed, step_of=step_of, now=now):
        return None
    session.delete(half)
    return Passed(half.user_id, half.next_path, half.link_token)


def _is_right(session: Session, user: User, typed: str, *, step_of: StepOf, now: datetime) -> bool:
    if is_six_digits(typed):
        step = step_of(user.totp_sealed, user.totp_last_step) if user.totp_sealed else None
        user.totp_last_step = step or user.totp_last_step
        return step is not None
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == recovery_hash(typed),
        RecoveryCode.used_at.is_(None),
    )
    code = session.scalars(query.with_for_update()).one_or_none()
    if code is not None:
        code.used_at = now
    return code is not None
