"""The lists behind the overview: each walks a partial index of what is open, page by page.

Their order is that in which the rows are tried, for that is how the indexes lie; so a page costs
the same whether a hundred rows wait or a million. A row that is tried meanwhile moves to the end.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.operations.destinations import OWED, PLANNED
from common.operations.holding import EFFECT, HANDLER, SUBSCRIBER
from common.operations.rows import ALL, RowPage, Sought, read_page

OUTBOX_STATES = ("pending", "sent")
CALL_STATES = ("pending", "sending", "unknown", "accepted")

AGED = "<= now() - make_interval(secs => :older_than)"
STATE = "(cast(:state as text) is null or state = :state)"
NAME = "cast(:name as text) is null"

OUTBOX = text(f"""
with recursive {OWED}
select row.event_id as id, row.event_id, event.name, row.subscriber as destination, '' as key,
  row.state, row.attempts, row.created_at as since, row.next_attempt_at as next_at,
  null as error, event.maker_id
from owed cross join lateral (
  select * from outbox_delivery
  where subscriber = owed.subscriber and state in ('pending', 'sent') and {STATE}
    and created_at {AGED}
    and next_attempt_at >= :at and (next_attempt_at, event_id, subscriber) > (:at, :id, :last_name)
  order by next_attempt_at, event_id limit :limit) as row
join outbox_event as event on event.id = row.event_id
where {NAME} or owed.subscriber = :name
order by row.next_attempt_at, row.event_id, row.subscriber limit :limit
""")  # noqa: S608 - nothing but our own words.

INBOX = text(f"""
select event_id as id, event_id, name, name as destination, '' as key, 'pending' as state,
  attempts, received_at as since, next_attempt_at as next_at, last_error as error, maker_id
from inbox
where processed_at is null and dead_at is null and ({NAME} or name = :name)
  and received_at {AGED}
  and next_attempt_at >= :at and (next_attempt_at, event_id, name) > (:at, :id, :last_name)
order by next_attempt_at, event_id limit :limit
""")  # noqa: S608

ONE_STATE_OF_CALLS = f"""
  (select * from outbound_call
  where kind = planned.kind and {{states}} and {STATE} and created_at {AGED}
    and next_attempt_at >= :at and (next_attempt_at, id, kind) > (:at, :id, :last_name)
  order by next_attempt_at, id limit :limit)"""  # noqa: S608
# Two halves, because two partial indexes hold what is open: what waits, and what is under way.
CALLS = text(f"""
with recursive {PLANNED}
select row.id, row.event_id, row.recipient as name, row.kind as destination,
  coalesce(row.one_at_a_time, '') as key, row.state, row.attempts, row.created_at as since,
  row.next_attempt_at as next_at, row.last_error as error, row.maker_id
from planned cross join lateral (
  {ONE_STATE_OF_CALLS.format(states="state in ('pending', 'unknown', 'accepted')")}
  union all {ONE_STATE_OF_CALLS.format(states="state = 'sending'")}) as row
where {NAME} or planned.kind = :name
order by row.next_attempt_at, row.id limit :limit
""")  # noqa: S608


def list_outbox(session: Session, sought: Sought = ALL) -> RowPage:
    """Return one page of what subscribers are owed; `sought.name` is one of them."""
    return read_page(session, OUTBOX, sought, kind=SUBSCRIBER)


def list_inbox(session: Session, sought: Sought = ALL) -> RowPage:
    """Return one page of what arrived and is not handled; `sought.name` is an event's."""
    return read_page(session, INBOX, sought, kind=HANDLER)


def list_calls(session: Session, sought: Sought = ALL) -> RowPage:
    """Return one page of effects outside that are not done; `sought.name` is a kind of them."""
    return read_page(session, CALLS, sought, kind=EFFECT)
