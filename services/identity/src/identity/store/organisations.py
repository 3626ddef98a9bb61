"""Customers' organisations, who belongs to them, and who is invited. Global rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.errors import NotFound
from identity.domain.membership import OWNERS
from identity.store.models import Membership, Organisation, OrganisationInvitation, User


class OrganisationNotFound(NotFound):
    """Not there, or not one that the asker belongs to."""

    code = "organisation_not_found"


@dataclass(frozen=True, slots=True)
class Own:
    """An organisation as one of its members sees it."""

    organisation: Organisation
    role: str

    @property
    def is_owner(self) -> bool:
        return self.role in OWNERS


def list_own(session: Session, user_id: UUID) -> list[Own]:
    """Return the user's organisations, by name."""
    query = (
        select(Organisation, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [Own(organisation, role) for organisation, role in session.execute(query)]


def get_own(session: Session, organisation_id: UUID, *, user_id: UUID) -> Own:
    """Return the user's organisation. Raises OrganisationNotFound, also for another's."""
    found = session.get(Membership, (organisation_id, user_id))
    if found is None:
        raise OrganisationNotFound("There is no such organization.")
    return Own(session.get_one(Organisation, organisation_id), found.role)


def lock_organisation(session: Session, organisation_id: UUID) -> Organisation:
    """Let changes of an organisation's members be made one after the other until commit."""
    query = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    return session.scalars(query).one()


def list_members(session: Session, organisation_id: UUID) -> Sequence[tuple[Membership, User]]:
    """Return the members with their accounts, by name."""
    query = (
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(User.name, User.id)
        .execution_options(populate_existing=True)
    )
    return [(member, user) for member, user in session.execute(query)]


def list_open_invitations(
    session: Session, organisation_id: UUID
) -> Sequence[OrganisationInvitation]:
    query = select(OrganisationInvitation).where(
        OrganisationInvitation.organisation_id == organisation_id,
        OrganisationInvitation.state == "open",
    )
    return session.scalars(query.order_by(OrganisationInvitation.email)).all()
