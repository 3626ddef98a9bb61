"""The page that Prometheus scrapes: what all processes of this port counted, and what waits."""

import os
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

disable_created_metrics()  # type: ignore[no-untyped-call] # When a count began: as many series again.

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
"""The newest format that every Prometheus since 2.0 reads."""
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where processes that share a port keep their counts. Both must be there before
they start: prometheus_client looks when it is imported."""


def exposition(*more: Collector) -> bytes:
    """Return the page. Counts of several processes behind one port are added up."""
    shared = CollectorRegistry()
    if SHARED in os.environ:
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        pages = [generate_latest(shared)]
    else:
        pages = [generate_latest(REGISTRY)]
    for collector in more:
        own = CollectorRegistry()
        own.register(collector)
        pages.append(generate_latest(own))
    return b"".join(pages)


def begin_shared_counts() -> None:
    """Forget what processes of an earlier start counted, before the first of now counts."""
    if SHARED in os.environ:
        _remove(Path(os.environ[SHARED]).glob("*.db"))


def forget_the_dead() -> None:
    """Drop what the gauges of processes say that are gone; their counts stay (they did happen)."""
    if SHARED in os.environ:
        files = Path(os.environ[SHARED]).glob("gauge_live*_*.db")
        _remove(file for file in files if not _lives(int(file.stem.rpartition("_")[2])))


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
