"""Sign in staff, a user or an operator: cookie `s`."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import hash_of
from identity.domain import lifetimes
from identity.store.models import SignedIn
from identity.store.operators import is_operator
from identity.store.sessions import delete_session
from identity.store.staff import Access, find_access


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was just opened. The raw token exists here and in the cookie only."""

    token: str
    kind: str
    lifetime: timedelta
    dead_copies: list[str]


def open_session(
    session: Session,
    *,
    user_id: UUID,
    replaces: str | None,
    now: datetime,
    device: str | None = None,
) -> Opened:
    """Open a session for the user: as operator, as staff of a maker, else as a user.

    `replaces`: the raw token that the browser had; its session ends.
    """
    dead = delete_session(session, hash_of(replaces)) if replaces else []
    kind, lifetime, access = _kind_of(session, user_id)
    token = secrets.token_urlsafe(32)
    session.add(
        SignedIn(
            kind=kind,
            token_hash=hash_of(token),
            user_id=user_id,
            maker_id=access.maker_id if access else None,
            expires_at=now + lifetime,
            device=device,
        )
    )
    return Opened(token, kind, lifetime, dead)


def _kind_of(session: Session, user_id: UUID) -> tuple[str, timedelta, Access | None]:
    """Return what the account is here for. An operator is never anything of a maker's beside it."""
    if is_operator(session, user_id):
        return "operator", lifetimes.OPERATOR, None
    access = find_access(session, user_id)
    if access is not None:
        return "staff", lifetimes.STAFF, access
    return "user", lifetimes.USER, None
