"""Reads the depths at most every few seconds, whoever scrapes how often; never fails a scrape."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database
from common.watching.depths import GAUGES, Depth, Watched, read_clock, read_waiting

log = structlog.get_logger()

KEPT_SECONDS = 4.0
USUAL: Sequence[Watched] = (read_clock, read_waiting)


class DepthReader(Collector):
    """The depths of one database as gauges. With the database away: only that it is."""

    def __init__(
        self,
        database: Database,
        *,
        watched: Sequence[Watched] = USUAL,
        kept: float = KEPT_SECONDS,
    ) -> None:
        self._database, self._watched, self._for = database.beside(), watched, kept
        self._lock = threading.Lock()
        self._until, self._depths = 0.0, list[Depth]()

    def close(self) -> None:
        self._database.close()

    def collect(self) -> Iterator[Metric]:
        yield from _families(self._now())

    def _now(self) -> list[Depth]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._depths = self._read()
                self._until = time.monotonic() + self._for
            return self._depths

    def _read(self) -> list[Depth]:
        try:
            with self._database.transaction() as session:
                found = [depth for watched in self._watched for depth in watched(session)]
        except SQLAlchemyError:
            log.warning("depths not read")
            return [Depth("orderlink_database_answers", (), 0)]
        return [Depth("orderlink_database_answers", (), 1), *found]


def _families(depths: Iterable[Depth]) -> Iterator[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for depth in depths:
        if depth.gauge not in families:
            meaning, labels = GAUGES[depth.gauge]
            families[depth.gauge] = GaugeMetricFamily(depth.gauge, meaning, labels=labels)
        families[depth.gauge].add_metric(depth.labels, depth.value)
    yield from families.values()
