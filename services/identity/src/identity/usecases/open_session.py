"""Sign in staff or a user: cookie `s`."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import hash_of
from identity.domain import lifetimes
from identity.store.models import SignedIn
from identity.store.sessions import delete_session
from identity.store.staff import find_access


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
    """Open a session for the user: as staff if it is staff of a maker, else as a user.

    `replaces`: the raw token that the browser had; its session ends.
    """
    dead = delete_session(session, hash_of(replaces)) if replaces else []
    access = find_access(session, user_id)
    kind, lifetime = ("staff", lifetimes.STAFF) if access else ("user", lifetimes.USER)
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
