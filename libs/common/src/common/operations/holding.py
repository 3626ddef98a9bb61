"""Pause and resume: hold back what goes to one destination, whatever the cause is.

Nothing is lost meanwhile, it waits in the database: owed deliveries, unprocessed events, calls.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.delivery.doorbell import ring_after_commit
from common.delivery.tables import DeliveryPause
from common.errors import FieldError, Invalid, NotFound
from common.operations.doer import Doer
from common.operations.log import record_action
from common.operations.refusals import AlreadyPaused, read_reason

SUBSCRIBER, HANDLER, EFFECT = "subscriber", "handler", "effect"
KINDS = (SUBSCRIBER, HANDLER, EFFECT)
SEEN = {
    HANDLER: text("select exists (select from inbox where name = :name)"),
    EFFECT: text("select exists (select from outbound_call where kind = :name)"),
}


class NotPaused(NotFound):
    code = "not_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`kind` is subscriber, handler or effect; `key` narrows an effect down to one recipient."""

    kind: str
    name: str
    key: str = ""

    def values(self) -> dict[str, str]:
        named = {"kind": self.kind, "name": self.name}
        return {**named, "destination": self.key} if self.key else named


def pause(
    session: Session,
    doer: Doer,
    destination: Destination,
    *,
    services: Collection[str],
    reason: str,
) -> None:
    """Hold it back from now on. `services`: who can be a subscriber.

    Raises Invalid for a destination that this service never had to do with, AlreadyPaused.
    """
    why = read_reason(reason)
    _check_known(session, destination, services)
    row = insert(DeliveryPause).values(
        kind=destination.kind,
        name=destination.name,
        key=destination.key,
        reason=why,
        paused_by=doer.name,
    )
    if not session.scalars(row.on_conflict_do_nothing().returning(DeliveryPause.kind)).all():
        raise AlreadyPaused("This is paused already.")
    record_action(session, doer, "paused", subject=destination.values(), reason=why)


def resume(session: Session, doer: Doer, destination: Destination) -> None:
    """Let everything go on that waited. Raises NotPaused."""
    gone = delete(DeliveryPause).where(
        DeliveryPause.kind == destination.kind,
        DeliveryPause.name == destination.name,
        DeliveryPause.key == destination.key,
    )
    if not session.scalars(gone.returning(DeliveryPause.since)).all():
        raise NotPaused("This is not paused.")
    record_action(session, doer, "resumed", subject=destination.values())
    ring_after_commit(session, "relay" if destination.kind == SUBSCRIBER else "outbound")


def list_pauses(session: Session, *, kind: str | None = None) -> Sequence[DeliveryPause]:
    """Return what is held back, longest first; of one kind of destination if wished."""
    query = select(DeliveryPause).order_by(DeliveryPause.since)
    if kind is not None:
        query = query.where(DeliveryPause.kind == kind)
    return session.scalars(query).all()


def _check_known(session: Session, destination: Destination, services: Collection[str]) -> None:
    """A typing error that holds back nothing would look like a pause that does not work."""
    if destination.kind == SUBSCRIBER:
        is_known = destination.name in services
    else:
        is_known = bool(session.scalar(SEEN[destination.kind], {"name": destination.name}))
    if not is_known or (destination.key and destination.kind != EFFECT):
        wrong = FieldError("name", "unknown", "This service has nothing to do with that.")
        raise Invalid(wrong.detail, errors=[wrong])
