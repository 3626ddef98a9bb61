"""Invite somebody onto a maker's staff, by mail, for 14 days; the newest invitation counts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import Place, Subject, record_change
from common.delivery import publish
from common.errors import Conflict, FieldError, Invalid
from identity.domain import lifetimes
from identity.domain.email import is_email, masked, normal
from identity.events import MailRequested
from identity.store.models import MailSecret, Maker, StaffMember, TeamInvitation, User
from identity.store.team import find_open_team_invitation, list_team_invitations, lock_team
from identity.usecases.team_members import Manager, Post, check_post


class MemberAlready(Conflict):
    """The address is a member's."""

    code = "member_already"


def invite_to_team(
    session: Session, email: str, post: Post, *, manager: Manager, now: datetime
) -> TeamInvitation:
    """Open an invitation and ask for its mail; it ends the one before to that address.

    Raises Invalid at `email` or `brands`, MemberAlready, RoleTooHigh.
    """
    maker = lock_team(session, manager.maker_id)
    given, address = check_post(post, manager), normal(email)
    if not is_email(address):
        wrong = FieldError("email", "email", "Please give a complete email address.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    if _is_member(session, address):
        raise MemberAlready("This person is a member already.")
    _end(session, find_open_team_invitation(session, address), now)
    row = TeamInvitation(
        maker_id=manager.maker_id,
        email=address,
        role=given.role,
        has_all_brands=given.has_all_brands,
        brand_ids=[str(each) for each in sorted(given.brand_ids)],
        invited_by=_user_of(manager),
        expires_at=now + lifetimes.INVITATION,
    )
    session.add(row)
    session.flush()
    _ask_for_mail(session, maker, row, manager)
    _record(session, manager, row, "member_invited", now)
    return row


def withdraw_from_team(
    session: Session, invitation_id: UUID, *, manager: Manager, now: datetime
) -> bool:
    """End an open invitation; return whether there was one. Its mail opens nothing more."""
    lock_team(session, manager.maker_id)
    for row in list_team_invitations(session):
        if row.id == invitation_id:
            _end(session, row, now)
            _record(session, manager, row, "team_invitation_withdrawn", now)
            return True
    return False


def _is_member(session: Session, email: str) -> bool:
    query = select(StaffMember.id).join(User, User.id == StaffMember.user_id)
    return session.scalars(query.where(User.email == email)).first() is not None


def _end(session: Session, row: TeamInvitation | None, now: datetime) -> None:
    if row is not None:
        row.state, row.settled_at = "ended", now
        session.flush()


def _ask_for_mail(session: Session, maker: Maker, row: TeamInvitation, manager: Manager) -> None:
    secret = MailSecret(
        id=row.id, kind="invitation", maker_id=row.maker_id, expires_at=row.expires_at
    )
    session.add(secret)
    values = {
        "what": "team",
        "from_name": maker.name,
        "inviter_name": manager.actor.name,
        "role": row.role,
        "buyer_name": None,
        "expires_at": row.expires_at,
    }
    publish(
        session,
        MailRequested(
            maker_id=row.maker_id,
            brand_id=None,
            aggregate_id=row.id,
            reference_id=row.id,
            kind="invitation",
            recipient=row.email,
            language=maker.default_language,
            time_zone=maker.time_zone,
            values=values,
            order_id=None,
        ),
    )


def _record(
    session: Session, manager: Manager, row: TeamInvitation, action: str, now: datetime
) -> None:
    record_change(
        session,
        actor=manager.actor,
        place=Place(manager.maker_id, None),
        action=action,
        subject=Subject("member", None, masked(row.email)),
        after={"role": row.role},
        now=now,
    )


def _user_of(manager: Manager) -> UUID:
    if manager.actor.user_id is None:
        raise ValueError("a person invites, no program")
    return manager.actor.user_id
