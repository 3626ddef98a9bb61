"""The sessions of one user account: its own, and those it opened on links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from common.sessions import copy_key
from identity.domain.methods import Method
from identity.store.models import Browser, BuyerChoice, HalfSignIn, SignedIn, StaffMember


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session and the key of its copy, to bury when it ends."""

    row: SignedIn
    copy: str


def list_own_sessions(session: Session, user_id: UUID, *, now: datetime) -> Sequence[OwnSession]:
    """Return what the account has opened and is still open, newest first."""
    return [each for each in _of_user(session, user_id) if each.row.expires_at > now]


def delete_own_session(session: Session, user_id: UUID, session_id: UUID) -> list[str]:
    """End that session of the user, if it is one; return the copies to bury."""
    return _end(session, (e for e in _of_user(session, user_id) if e.row.id == session_id))


def delete_sessions_of_user(
    session: Session, user_id: UUID, *, keeps: UUID | None, kind: str | None = None
) -> list[str]:
    """End the user's sessions (of one kind) but for the one it keeps; return the copies to bury."""
    return _end(
        session,
        (
            each
            for each in _of_user(session, user_id)
            if each.row.id != keeps and kind in (None, each.row.kind)
        ),
    )


def list_copies_of_staff(session: Session) -> Sequence[str]:
    """Return the keys of the copies of all sessions that the maker's staff has."""
    query = select(SignedIn.token_hash).join(StaffMember, StaffMember.user_id == SignedIn.user_id)
    hashes = session.scalars(
        query.where(SignedIn.kind == "staff", SignedIn.token_hash.is_not(None))
    )
    return [copy_key("session", each) for each in hashes if each]


def delete_half_ways(session: Session, user_id: UUID) -> None:
    """End sign-ins that are not complete: choices of a buyer, second steps."""
    session.execute(delete(BuyerChoice).where(BuyerChoice.user_id == user_id))
    session.execute(delete(HalfSignIn).where(HalfSignIn.user_id == user_id))


def _of_user(session: Session, user_id: UUID) -> list[OwnSession]:
    query = (
        select(SignedIn, Browser.token_hash)
        .outerjoin(Browser, Browser.id == SignedIn.browser_id)
        .where(SignedIn.user_id == user_id)
        .order_by(SignedIn.id.desc())
    )
    found = []
    for row, browser_hash in session.execute(query):
        if row.kind == "buyer" and row.method == Method.USER_ACCOUNT:
            found.append(OwnSession(row, copy_key("buyer", browser_hash, row.link_id)))
        elif row.token_hash:
            found.append(OwnSession(row, copy_key("session", row.token_hash)))
    return found


def _end(session: Session, ending: Iterable[OwnSession]) -> list[str]:
    keys = []
    for each in list(ending):
        session.delete(each.row)
        keys.append(each.copy)
    session.flush()
    return keys
