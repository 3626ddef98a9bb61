"""What a service that was put back has lost from its inbox, its producers send once more (I18)."""

from datetime import datetime

from sqlalchemy import text

from common.db import Database

SEND_AGAIN = text("""
update outbox_delivery set state = 'pending', acked_at = null, attempts = 0, next_attempt_at = now()
where subscriber = :subscriber and state = 'acked' and acked_at >= :since
""")

SEEN = text("""
select event_id, name, envelope #>> '{aggregate,id}' as aggregate_id, received_at from inbox
where producer = :producer and received_at >= :since order by event_id
""")


def resend(database: Database, *, subscriber: str, since: datetime) -> int:
    """Owe the subscriber again what it acknowledged from `since` on; return how many.

    What it does know its inbox absorbs, so the moment may lie earlier than needed.
    """
    with database.transaction() as session:
        values = {"subscriber": subscriber, "since": since}
        return session.connection().execute(SEND_AGAIN, values).rowcount


def list_seen(database: Database, *, producer: str, since: datetime) -> list[tuple[str, str, str]]:
    """Return (event id, name, aggregate id) of what came from that service from `since` on.

    Of these the restored producer knows nothing any more: orders that exist here, not there.
    """
    with database.transaction() as session:
        rows = session.execute(SEEN, {"producer": producer, "since": since})
        return [(str(row.event_id), row.name, row.aggregate_id) for row in rows]
