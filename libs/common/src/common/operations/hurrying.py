"""Try waiting effects now instead of in a while. What is unknown asks its remote first, as ever."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery.doorbell import ring_after_commit
from common.operations.doer import Doer
from common.operations.holding import Destination
from common.operations.log import record_action

HURRY = text("""
update outbound_call set next_attempt_at = now() where id in (
  select id from outbound_call
  where kind = :name and coalesce(one_at_a_time, '') = :key
    and state in ('pending', 'unknown', 'accepted') and next_attempt_at > now()
  order by next_attempt_at limit 1000 for update skip locked)
""")


def hurry_calls(session: Session, doer: Doer, *, name: str, key: str = "") -> int:
    """Make the waiting calls of one destination due; return how many, 1,000 at most."""
    values = {"name": name, "key": key}
    number = session.connection().execute(HURRY, values).rowcount
    subject = Destination(kind="effect", name=name, key=key).values()
    record_action(session, doer, "calls_hurried", subject=subject, number=number)
    ring_after_commit(session, "outbound")
    return number
