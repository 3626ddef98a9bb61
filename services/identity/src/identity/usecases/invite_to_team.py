"""Invite somebody onto a maker's staff, by mail, for 14 days; the newest invitation counts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Place, Subject, record_change
from common.delivery import publish
from common.errors import Conflict, FieldError, Invalid, NotFound
from identity.domain import lifetimes
from identity.domain.email import is_email, masked, normal
from identity.domain.team import demand_may_give
from identity.events import MailRequested
from identity.store.models import MailSecret, Maker, TeamInvitation
from identity.store.team import (
    find_member_by_email,
    find_team_invitation,
    list_brands_of,
    lock_open_team_invitations,
    lock_team,
)
from identity.usecases.managing import Manager, Post, check_post, demand_reach, is_hidden


class MemberAlready(Conflict):
    """The address is a member's."""

    code = "member_already"


class TeamInvitationNotFound(NotFound):
    """None that is open, of this maker."""

    code = "team_invitation_not_found"


def invite_to_team(
    session: Session, email: str, post: Post, *, manager: Manager, now: datetime
) -> TeamInvitation:
    """Open an invitation and ask for its mail; it ends the one before to that address.

    Who works for other brands only is invited like a stranger by a program, which learns nothing
    of it, and cannot join a second time: somebody who sees both brands gives the other one (R203).
    Raises Invalid at `email` or `brands`, MemberAlready, RoleTooHigh, and BeyondYourBrands where
    the one before is not the manager's to end.
    """
    maker = lock_team(session, manager.maker_id)
    given, address = check_post(post, manager), normal(email)
    if not is_email(address):
        wrong = FieldError("email", "email", "Please give a complete email address.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    if _is_seen_member(session, address, manager):
        raise MemberAlready("This person is a member already.")
    _end_before(session, address, manager, now)
    row = TeamInvitation(
        maker_id=manager.maker_id,
        email=address,
        role=given.role,
        has_all_brands=given.has_all_brands,
        brand_ids=[str(each) for each in sorted(given.brand_ids)],
        invited_by=manager.person_id,
        expires_at=now + lifetimes.INVITATION,
    )
    session.add(row)
    session.flush()
    _ask_for_mail(session, maker, row, manager)
    _record(session, manager, row, "member_invited", now)
    return row


def resend_to_team(
    session: Session, invitation_id: UUID, *, manager: Manager, now: datetime
) -> TeamInvitation:
    """Invite once more as before: a new mail, 14 days from now; the mail before opens nothing.

    Raises TeamInvitationNotFound, and what `invite_to_team` raises.
    """
    row = _lock_open(session, invitation_id, manager)
    post = Post(row.role, has_all_brands=row.has_all_brands, brand_ids=frozenset(_brands_of(row)))
    return invite_to_team(session, row.email, post, manager=manager, now=now)


def withdraw_from_team(
    session: Session, invitation_id: UUID, *, manager: Manager, now: datetime
) -> None:
    """End an open invitation; its mail opens nothing more. Raises TeamInvitationNotFound."""
    end_invitation(session, _lock_open(session, invitation_id, manager), manager=manager, now=now)


def end_invitation(
    session: Session, row: TeamInvitation, *, manager: Manager, now: datetime
) -> None:
    """Withdraw an open invitation of the team, which is locked."""
    _end(session, row, now)
    _record(session, manager, row, "team_invitation_withdrawn", now)


def _lock_open(session: Session, invitation_id: UUID, manager: Manager) -> TeamInvitation:
    """Return the invitation if the manager may change it. The team is locked until commit."""
    lock_team(session, manager.maker_id)
    row = find_team_invitation(session, invitation_id)
    if row is None or _is_hidden(row, manager):
        raise TeamInvitationNotFound("There is no such invitation.")
    _demand_own(row, manager)
    return row


def _end_before(session: Session, address: str, manager: Manager, now: datetime) -> None:
    """End what is open to that address, as withdrawing it would: by whom that is allowed.

    What a program does not see, it does not end either.
    """
    for row in lock_open_team_invitations(session, address):
        if _is_hidden(row, manager):
            continue
        if row.expires_at > now:
            _demand_own(row, manager)
        _end(session, row, now)


def _demand_own(row: TeamInvitation, manager: Manager) -> None:
    """Raise BeyondYourBrands or RoleTooHigh unless the manager may change the invitation."""
    demand_reach(manager, has_all_brands=row.has_all_brands, brand_ids=_brands_of(row))
    demand_may_give(manager.role, row.role)


def _brands_of(row: TeamInvitation) -> list[UUID]:
    return [UUID(each) for each in row.brand_ids]


def _is_hidden(row: TeamInvitation, manager: Manager) -> bool:
    return is_hidden(manager, has_all_brands=row.has_all_brands, brand_ids=_brands_of(row))


def _is_seen_member(session: Session, email: str, manager: Manager) -> bool:
    member = find_member_by_email(session, email)
    return member is not None and not is_hidden(
        manager,
        has_all_brands=member.has_all_brands,
        brand_ids=list_brands_of(session, member),
    )


def _end(session: Session, row: TeamInvitation, now: datetime) -> None:
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
        "inviter_name": manager.person_name,
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
