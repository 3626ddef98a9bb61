"""An order arrives whose buyer was deleted a moment before: record its outcome all the same (R167).

Whether a buyer has orders is known here once they complete; one may be on its way just then.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from identity.domain.transition import Outcome
from identity.events import TransitionChanged
from identity.store.audit import find_deletion
from identity.store.buyers import BuyerNotFound
from identity.store.models import TransitionOutcome
from identity.store.transitions import find_outcome

NOTE = "The buyer was deleted before its order arrived."


def settle_order_of_deleted(
    session: Session, *, order_id: UUID, buyer_id: UUID, now: datetime
) -> Outcome:
    """Record that there was nobody to move. Raises BuyerNotFound for a buyer that never was."""
    deletion = find_deletion(session, buyer_id)
    if deletion is None:
        raise BuyerNotFound
    recorded = find_outcome(session, order_id)
    if recorded is not None:
        return Outcome(recorded.outcome)
    outcome = Outcome.NOT_OFFLINE
    session.add(
        TransitionOutcome(
            maker_id=deletion.maker_id,
            order_id=order_id,
            buyer_id=buyer_id,
            outcome=outcome,
            recorded_at=now,
        )
    )
    publish(
        session,
        TransitionChanged(
            maker_id=deletion.maker_id,
            brand_id=deletion.brand_id,
            aggregate_id=order_id,
            order_id=order_id,
            buyer_id=buyer_id,
            outcome=outcome,
            organisation_id=None,
            claim=None,
            note=NOTE,
        ),
    )
    return outcome
