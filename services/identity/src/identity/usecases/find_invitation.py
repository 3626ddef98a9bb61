"""The invitation behind a mailed token: by a brand, onto a team, into an organisation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.sessions import hash_of
from identity.domain.invitation import InvitationIsOver, is_pending
from identity.store.brands import get_brand, get_maker
from identity.store.buyers import get_buyer
from identity.store.claims import find_secret_by_hash
from identity.store.invitations import lock_any_invitation
from identity.store.models import (
    Buyer,
    BuyerInvitation,
    Organisation,
    OrganisationInvitation,
    TeamInvitation,
)


@dataclass(frozen=True, slots=True)
class InvitationView:
    """`what` is brand, team or organisation; `from_name` who invites."""

    what: str
    row: BuyerInvitation | TeamInvitation | OrganisationInvitation
    from_name: str
    maker_id: UUID | None
    role: str | None = None
    buyer: Buyer | None = None

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def email(self) -> str:
        return self.row.email

    @property
    def is_personal(self) -> bool:
        """A brand's offer may be passed on to a colleague; a place in a team may not."""
        return self.what != "brand"


def find_invitation(session: Session, token: str, *, now: datetime) -> InvitationView:
    """Return it, row-locked; the transaction acts as its maker if any. Raises InvitationIsOver."""
    secret = find_secret_by_hash(session, hash_of(token), kind="invitation")
    if secret is not None and secret.maker_id is not None:
        act_as(session, secret.maker_id)
    row = lock_any_invitation(session, secret.id) if secret else None
    if row is None or not is_pending(row.state, expires_at=row.expires_at, now=now):
        raise InvitationIsOver(
            "This invitation was used, withdrawn, replaced by a newer one, or is too old."
        )
    return _view(session, row)


def _view(
    session: Session, row: BuyerInvitation | TeamInvitation | OrganisationInvitation
) -> InvitationView:
    if isinstance(row, OrganisationInvitation):
        name = session.get_one(Organisation, row.organisation_id).name
        return InvitationView("organisation", row, name, None, role=row.role)
    if isinstance(row, TeamInvitation):
        name = get_maker(session, row.maker_id).name
        return InvitationView("team", row, name, row.maker_id, role=row.role)
    buyer = get_buyer(session, row.buyer_id, brand_id=row.brand_id)
    name = get_brand(session, row.brand_id).name
    return InvitationView("brand", row, name, row.maker_id, buyer=buyer)
