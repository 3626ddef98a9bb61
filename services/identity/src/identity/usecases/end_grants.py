"""What a member gave in the maker's name ends with its place: invitations and keys (R198)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.api_keys import lock_keys_made_by
from identity.store.team import lock_team_invitations_by
from identity.usecases.invite_to_team import end_invitation
from identity.usecases.managing import Manager
from identity.usecases.revoke_api_key import revoke


def end_grants(session: Session, user_id: UUID, *, manager: Manager, now: datetime) -> list[str]:
    """Withdraw the open team invitations somebody sent and revoke the keys somebody made.

    All of them, of whatever brand: what goes on opening doors in the name of who has left is worse
    than a program that needs a new key. Offers to customers stay: they give nothing of the brand's
    away but the customer's own buyer, whose page withdraws them. Returns the copies to bury.
    """
    for row in lock_team_invitations_by(session, user_id):
        end_invitation(session, row, manager=manager, now=now)
    keys = lock_keys_made_by(session, user_id)
    return [copy for key in keys for copy in revoke(session, key, actor=manager.actor, now=now)]
