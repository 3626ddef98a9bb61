"""Staff ends one session of a buyer: a lost phone, a rep who has left."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Editor, Place, record_change
from identity.store.buyer_sessions import delete_session_of_buyer
from identity.store.own_buyers import lock_own_buyer
from identity.usecases.describe_for_log import subject_of


def end_buyer_session(
    session: Session, buyer_id: UUID, session_id: UUID, *, by: Editor
) -> list[str]:
    """Return the copies to bury after the commit. Repeating changes nothing. Raises BuyerNotFound."""
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    dead = delete_session_of_buyer(session, buyer.id, session_id)
    if dead:
        record_change(
            session,
            actor=by.actor,
            place=Place(buyer.maker_id, buyer.brand_id),
            action="buyer_session_ended",
            subject=subject_of(buyer),
            now=by.now,
        )
    return dead
