"""Ask a pooled connection whether it still lives, but only when it has rested.

`pool_pre_ping` asks before every use. That is a round trip per transaction, of which placing one
order has a dozen over all services; a connection that worked a moment ago hardly ever needs it, and
one that a restart of PostgreSQL has cut has rested for as long as the restart took.
"""

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

REST_SECONDS = 1.0


def ping_the_rested(engine: Engine) -> None:
    """Before a use after more than a second: ask, and when nobody answers connect all anew."""
    dialect = engine.dialect

    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    def wake(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("rests_since")
        if since is None or time.monotonic() - since < REST_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", wake)
