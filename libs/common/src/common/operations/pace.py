"""How fast dead letters are replayed: what broke something once is not poured over it at once.

A group goes back in portions, one a second; and a service replays so many a minute, by whomever.
"""

from datetime import timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.delivery.tables import OperatorEntry
from common.errors import TooManyAttempts
from common.ids import first_id_at

EACH_SECOND = 50
EACH_MINUTE = 60 * EACH_SECOND
REPLAYS = ("letter_replayed", "group_replayed")
ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('orderlink: replays'))")

PORTIONS = f"""
select id, now() + make_interval(secs => (place - 1) / {EACH_SECOND}) as due_at
from unnest(cast(:ids as uuid[])) with ordinality as listed (id, place)"""  # noqa: S608 - our own number.
"""When each of `:ids` is due, in their order."""


class TooManyReplays(TooManyAttempts):
    code = "too_many_replays"


def check_pace(session: Session, number: int) -> None:
    """Raise TooManyReplays where `number` more are too many for this minute."""
    session.execute(ONE_AT_A_TIME)
    now = session.scalars(select(func.clock_timestamp())).one()
    minute_ago = now - timedelta(minutes=1)
    lately = select(func.coalesce(func.sum(OperatorEntry.number), 0)).where(
        OperatorEntry.id >= first_id_at(minute_ago - timedelta(minutes=1)),
        OperatorEntry.at > minute_ago,
        OperatorEntry.action.in_(REPLAYS),
    )
    if int(session.scalar(lately) or 0) + number > EACH_MINUTE:
        raise TooManyReplays(
            "Many were replayed within the last minute. Please wait a minute.", retry_after=60
        )
