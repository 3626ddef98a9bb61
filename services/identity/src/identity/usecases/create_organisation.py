"""A customer's organisation begins: whoever makes it is its primary owner."""

from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.models import Membership, Organisation


def create_organisation(session: Session, *, name: str, user_id: UUID) -> Organisation:
    organisation = Organisation(name=name)
    session.add(organisation)
    session.flush()
    session.add(Membership(organisation_id=organisation.id, user_id=user_id, role="primary_owner"))
    return organisation
