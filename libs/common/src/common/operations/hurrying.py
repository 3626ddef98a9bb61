"""Try what waits now instead of in a while. What is unknown asks its remote first, as ever."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery.doorbell import ring_after_commit
from common.operations.doer import Doer
from common.operations.holding import EFFECT, HANDLER, SUBSCRIBER, Destination
from common.operations.log import record_action

MOST_HURRIED = 1000
HURRY = {
    SUBSCRIBER: text("""
update outbox_delivery as delivery set next_attempt_at = now() from (
  select event_id from outbox_delivery
  where subscriber = :name and state in ('pending', 'sent') and next_attempt_at > now()
  order by next_attempt_at limit :most for update skip locked) as waiting
where delivery.event_id = waiting.event_id and subscriber = :name
"""),
    HANDLER: text("""
update inbox set next_attempt_at = now() where event_id in (
  select event_id from inbox
  where name = :name and processed_at is null and dead_at is null and next_attempt_at > now()
  order by next_attempt_at limit :most for update skip locked)
"""),
    EFFECT: text("""
update outbound_call set next_attempt_at = now() where id in (
  select id from outbound_call
  where kind = :name and (:key = '' or one_at_a_time = :key)
    and state in ('pending', 'unknown', 'accepted') and next_attempt_at > now()
  order by next_attempt_at limit :most for update skip locked)
"""),
}
BELLS = {SUBSCRIBER: "relay", EFFECT: "outbound"}


def hurry(session: Session, doer: Doer, destination: Destination) -> int:
    """Make what waits for one destination due; return how many, MOST_HURRIED at most."""
    values = {"name": destination.name, "most": MOST_HURRIED}
    if destination.kind == EFFECT:
        values["key"] = destination.key
    number = session.connection().execute(HURRY[destination.kind], values).rowcount
    record_action(session, doer, "hurried", subject=destination.values(), number=number)
    if destination.kind in BELLS:
        ring_after_commit(session, BELLS[destination.kind])
    return number
