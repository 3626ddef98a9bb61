"""Whether the work moves on: how long the oldest of what waits has waited."""

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from common.deps import BaseDeps
from common.health.checking import Unwell

LATE_SECONDS = 60
"""As the alerts DeliveryOld and InboxOld."""
CANARY_LATE_SECONDS = 90
"""K13. The worker itself acts after 40 s and needs a while to start again."""

# "Unsent" is what nobody has acknowledged: a message that a broker lost was sent, too.
DELIVERIES = text("""
select delivery.subscriber as whose, count(*) as number,
  extract(epoch from now() - min(delivery.created_at)) as seconds,
  bool_or(pause.name is not null) as is_paused
from outbox_delivery delivery
left join delivery_pause pause on pause.kind = 'subscriber' and pause.name = delivery.subscriber
where delivery.state in ('pending', 'sent') group by delivery.subscriber order by seconds desc
""")
INBOX = text("""
select inbox.name as whose, count(*) as number,
  extract(epoch from now() - min(inbox.received_at)) as seconds,
  bool_or(pause.name is not null) as is_paused
from inbox left join delivery_pause pause on pause.kind = 'handler' and pause.name = inbox.name
where inbox.processed_at is null and inbox.dead_at is null group by inbox.name
order by seconds desc
""")
CANARIES = text("""
select queue, extract(epoch from now() - seen_at) as seconds from canary order by seen_at
""")


def check_deliveries(deps: BaseDeps) -> str:
    with deps.database.transaction() as session:
        return _oldest(session, DELIVERIES, word="to")


def check_inbox(deps: BaseDeps) -> str:
    with deps.database.transaction() as session:
        return _oldest(session, INBOX, word="of")


def check_canaries(deps: BaseDeps) -> str:
    """Both queues of the worker have lately let a canary through."""
    with deps.database.transaction() as session:
        ages = {row.queue: float(row.seconds) for row in session.execute(CANARIES)}
    if not ages:
        raise Unwell("none has arrived yet: no worker has run on this database")
    told = ", ".join(f"{queue} {age:.0f} s ago" for queue, age in ages.items())
    if max(ages.values()) > CANARY_LATE_SECONDS:
        raise Unwell(told)
    return told


def _oldest(session: Session, query: TextClause, *, word: str) -> str:
    """Return what has waited longest, in words. Raises Unwell when that is too long."""
    rows = session.execute(query).all()
    if not rows:
        return "nothing waits"
    told = ", ".join(
        f"{row.number} {word} {row.whose}, the oldest {float(row.seconds):.0f} s"
        + (" (paused)" if row.is_paused else "")
        for row in rows
    )
    if float(rows[0].seconds) > LATE_SECONDS:
        raise Unwell(told)
    return told
