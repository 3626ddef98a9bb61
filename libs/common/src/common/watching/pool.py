"""How many of a process's database connections are in use, of how many it may have."""

from typing import Any

from prometheus_client import Gauge
from sqlalchemy import Engine, event

IN_USE = Gauge(
    "orderlink_db_connections_in_use",
    "Connections to the own database that are in use.",
    multiprocess_mode="livesum",
)
LIMIT = Gauge(
    "orderlink_db_connections_limit",
    "Connections that may be in use at once.",
    multiprocess_mode="livesum",
)


def watch_pool(engine: Engine, *, limit: int) -> None:
    """Count what the pool gives out and takes back."""
    LIMIT.set(limit)
    event.listen(engine, "checkout", _taken)
    event.listen(engine, "checkin", _given_back)


def _taken(_connection: Any, record: Any, _proxy: Any) -> None:
    record.record_info["is_counted"] = True
    IN_USE.inc()


def _given_back(_connection: Any, record: Any) -> None:
    """Count down what was counted: a connection that could not be had comes back all the same."""
    if record.record_info.pop("is_counted", False):
        IN_USE.dec()
