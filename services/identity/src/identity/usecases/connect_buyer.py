"""Put a buyer into a customer's organisation: its one owner from then on (R158)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.domain.methods import Method
from identity.store.models import Buyer, BuyerLookup, OwnershipChange
from identity.store.sessions import delete_sessions_of_buyer


def connect_buyer(
    session: Session,
    buyer: Buyer,
    *,
    organisation_id: UUID,
    change: str,
    order_id: UUID | None,
    by_user_id: UUID,
    now: datetime,
) -> list[str]:
    """Make the (locked) buyer the organisation's, with ids, code, terms and orders as they are.

    The link login opens nothing more (R165). Returns the copies of its sessions to bury.
    """
    buyer.kind, buyer.organisation_id = "connected", organisation_id
    buyer.claimed_at, buyer.login_hash = now, None
    buyer.version += 1
    session.get_one(BuyerLookup, buyer.id).organisation_id = organisation_id
    session.add(
        OwnershipChange(
            maker_id=buyer.maker_id,
            buyer_id=buyer.id,
            change=change,
            organisation_id=organisation_id,
            order_id=order_id,
            by_user_id=by_user_id,
            changed_at=now,
        )
    )
    return delete_sessions_of_buyer(session, buyer.id, method=Method.OFFLINE_LOGIN)
