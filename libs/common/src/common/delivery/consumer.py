"""The Celery worker in the main thread: takes events and acknowledgements off their queues."""

import threading
import time
import warnings
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from celery import Celery, signals
from celery.apps.worker import Worker
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning
from celery.worker import state

from common.db import Database
from common.delivery import inbox
from common.delivery.acks import mark_acked
from common.delivery.canaries import remember_canaries
from common.delivery.celery_app import (
    ACKNOWLEDGED,
    CANARY,
    RECEIVE,
    BrokerAway,
    Postbox,
    acks_queue,
    events_queue,
)
from common.delivery.loops import Heart
from common.delivery.wrong_way import receive_without_receipt

CANARY_EVERY = 15.0
CANARY_LATE = 40.0
"""Celery can hang for good after a broker's death; that must cost seconds, not minutes (I16)."""


class Consumer:
    """Runs the worker and knows whether it lives: its loop turns, and each queue delivers."""

    def __init__(
        self,
        celery: Celery,
        service: str,
        *,
        database: Database,
        postbox: Postbox,
        stopping: threading.Event,
        publish_is_done: bool = False,
    ) -> None:
        self.pulse = Heart("celery", within=120)
        self._queues = {
            queue: Heart(queue, within=None)
            for queue in (events_queue(service), acks_queue(service))
        }
        self._seen: dict[str, float] = {}
        """Queue → when a canary last came through, monotonic, until it is written down."""
        self._celery, self._service, self._stopping = celery, service, stopping
        self._database, self._postbox = database, postbox
        self._publish_is_done = publish_is_done

    @property
    def hearts(self) -> list[Heart]:
        return [self.pulse, *self._queues.values()]

    def run(self) -> None:
        """Consume until stopped. Returning before that is a failure of Celery's."""
        signals.setup_logging.connect(_keep_our_logs, weak=False)
        # It warns of root, which only matters to those who accept pickles; we take JSON alone.
        warnings.filterwarnings("ignore", category=SecurityWarning)
        warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)
        self._add_tasks()
        worker = SoloWorker(
            app=self._celery,
            hostname=f"{self._service}@%h",
            queues=list(self._queues),
            pool="solo",
            concurrency=1,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            quiet=True,
        )
        worker.pulse = self.pulse
        worker.start()

    def send_canaries(self) -> bool:
        """Send one canary per queue; if it can be sent, it must arrive (a step of a loop).

        Those that came since the last step are written down here: Celery's thread waits for nothing.
        """
        remember_canaries(self._database, {q: self._seen.pop(q) for q in list(self._seen)})
        try:
            self._postbox.send_canaries()
        except BrokerAway:
            return False
        for heart in self._queues.values():
            heart.expect(within=CANARY_LATE)
        return False

    def _add_tasks(self) -> None:
        task = self._celery.task
        task(name=RECEIVE)(self._receive)
        task(name=ACKNOWLEDGED)(self._acknowledged)
        task(name=CANARY)(self._canary)

    def _receive(self, envelopes: Sequence[dict[str, Any]]) -> None:
        self._queues[events_queue(self._service)].beat()
        if self._publish_is_done:
            receive_without_receipt(self._database, envelopes)
            return
        inbox.receive(
            self._database, envelopes, self._postbox.send_acks, is_stopping=self._is_stopping
        )

    def _acknowledged(self, subscriber: str, event_ids: Sequence[str]) -> None:
        self._queues[acks_queue(self._service)].beat()
        with self._database.transaction() as session:
            mark_acked(session, subscriber=subscriber, event_ids=[UUID(id) for id in event_ids])

    def _canary(self, queue: str) -> None:
        self._queues[queue].beat()
        self._seen[queue] = time.monotonic()

    def _is_stopping(self) -> bool:
        self.pulse.beat()
        return self._stopping.is_set()


class SoloWorker(Worker):  # type: ignore[misc] # Celery has no types.
    """Celery's worker without its own signal handling; beats once a second while its loop turns."""

    pulse: Heart
    _timer: Any = None

    def install_platform_tweaks(self, worker: Any) -> None:
        """Leave the signals to run_worker: one meaning for SIGTERM and Ctrl-C alike."""

    def on_consumer_ready(self, consumer: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.timer.call_repeatedly(1.0, self.pulse.beat)


def stop_consuming() -> None:
    """Let the worker end after its present task; safe in a signal handler."""
    state.should_stop = 0


def _keep_our_logs(**_: Any) -> None:
    """Keep Celery from setting up logging: that was done by `common.logs`."""
