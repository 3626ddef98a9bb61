"""The worker process of a service: Celery in the main thread, everything else beside it.

All roles run in one process, or any of them in one of its own: events, relay, sweeper, outbound,
jobs.
The process ends with 0 after SIGTERM, and with another status as soon as any part of it is dead
or stalls; the supervisor starts it again (K13).
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import NoReturn

import structlog

from common.delivery import failpoints
from common.delivery.anti_entropy import ask_peers, reconcile_seconds
from common.delivery.celery_app import Postbox, make_celery
from common.delivery.consumer import CANARY_EVERY, Consumer, stop_consuming
from common.delivery.jobs import every, install_jobs, run_due_jobs
from common.delivery.loops import Loop
from common.delivery.outbound_leases import end_expired_leases
from common.delivery.outbound_pool import OutboundPool
from common.delivery.purge import PURGE_EVERY, purge_job
from common.delivery.relay import relay_due
from common.delivery.sweeper import sweep
from common.delivery.watch import GRACE, STALLED, Watch, stop
from common.deps import BaseDeps
from common.tracing import start_tracing, stop_tracing
from common.watching.broker import BrokerReader
from common.watching.depths import read_clock
from common.watching.port import open_port
from common.watching.reader import DepthReader

log = structlog.get_logger()

NICENESS = 10
"""Where the processor is short, whoever waits for a page comes before work that nobody waits for."""
ROLES = ("events", "relay", "sweeper", "outbound", "jobs")


def run_worker(deps: BaseDeps, argv: Sequence[str] = ()) -> NoReturn:
    """Run this service's background work until SIGTERM; the exit status is the process's.

    `argv`: some of ROLES, none meaning all. The caller has imported its jobs/ modules, which
    registers handlers, effects and jobs.
    """
    roles = frozenset(argv) - {"all"} or frozenset(ROLES)
    if unknown := sorted(roles.difference(ROLES)):
        sys.exit(f"A worker is some of {', '.join(ROLES)}, not {', '.join(unknown)}.")
    if deps.settings.environment != "production":
        failpoints.arm(os.environ.get("FAILPOINTS", ""))
    endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT")
    start_tracing(deps.settings.service, "worker", endpoint=endpoint)
    Process(deps, roles).run()


class Process:
    """The parts of one worker process, made for its roles."""

    def __init__(self, deps: BaseDeps, roles: frozenset[str]) -> None:
        self._deps, self._roles = deps, roles
        self._stopping = threading.Event()
        self._has_jobs = False
        self._is_wrong_way = os.environ.get("DELIVERY_PUBLISH_IS_DONE") == "1"
        service = deps.settings.service
        celery = make_celery(service, deps.settings.broker_url)
        self._postbox = Postbox(celery, service)
        self._longest_pause = float(os.environ.get("DELIVERY_LONGEST_PAUSE_SECONDS", "inf"))
        self._calls = OutboundPool(
            deps.database,
            deps,
            longest_lease=float(os.environ.get("DELIVERY_LONGEST_LEASE_SECONDS", "inf")),
            longest_pause=self._longest_pause,
        )
        self._consumer = Consumer(
            celery,
            service,
            database=deps.database,
            postbox=self._postbox,
            stopping=self._stopping,
            publish_is_done=self._is_wrong_way,
        )
        self._loops = self._make_loops()

    def run(self) -> NoReturn:
        """Run until a signal, or until a part fails."""
        os.nice(NICENESS)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        for loop in self._loops:
            loop.start()
        hearts = [loop.heart for loop in self._loops]
        hearts += self._consumer.hearts if self._does("events") else []
        watch = Watch(self._loops, hearts, self._stopping)
        watch.start()
        self._be_watched(watch)
        log.info("worker runs", roles=sorted(self._roles))
        if self._does("events"):
            self._consume()
        else:
            self._stopping.wait()
        self._leave()

    def _be_watched(self, watch: Watch) -> None:
        settings = self._deps.settings
        if settings.worker_port:
            told = (
                BrokerReader(settings.broker_url),
                DepthReader(self._deps.database, watched=(read_clock,)),
            )
            port = settings.worker_port
            open_port(settings.web_host, port, *told, find_wrong=watch.find_wrong)

    def _consume(self) -> None:
        try:
            self._consumer.run()
        except Exception:
            log.exception("celery failed")

    def _does(self, role: str) -> bool:
        return role in self._roles

    def _make_loops(self) -> list[Loop]:
        loops = []
        if self._does("relay"):
            loops.append(self._loop("relay", self._relay, linger=0.1))
        if self._does("sweeper"):
            loops.append(self._loop("sweeper", self._sweep))
        if self._does("outbound"):
            loops.append(self._loop("outbound", self._calls.step))
        if self._does("jobs"):
            every(reconcile_seconds(), "delivery.reconcile")(ask_peers)
            every(PURGE_EVERY, "delivery.purge", lease=600)(purge_job(self._stopping.is_set))
            loops.append(self._loop("jobs", self._run_jobs))
        if self._does("events"):
            loops.append(self._loop("canary", self._consumer.send_canaries, pause=CANARY_EVERY))
        return loops

    def _loop(
        self, name: str, step: Callable[[], bool], *, pause: float = 1.0, linger: float = 0.0
    ) -> Loop:
        within = 120 + pause
        return Loop(name, step, stopping=self._stopping, pause=pause, within=within, linger=linger)

    def _relay(self) -> bool:
        return relay_due(
            self._deps.database,
            self._postbox.send_events,
            has_room=self._postbox.has_room,
            publish_is_done=self._is_wrong_way,
        )

    def _sweep(self) -> bool:
        if self._is_wrong_way:
            end_expired_leases(self._deps.database)
            return False
        return sweep(
            self._deps.database,
            is_stopping=self._stopping.is_set,
            longest_pause=self._longest_pause,
        )

    def _run_jobs(self) -> bool:
        heart = next(loop.heart for loop in self._loops if loop.name == "jobs")
        if not self._has_jobs:
            install_jobs(self._deps.database)
            self._has_jobs = True
        run_due_jobs(
            self._deps.database,
            self._deps,
            before_each=lambda job: heart.beat(within=job.lease + 60),
            is_stopping=self._stopping.is_set,
        )
        return False

    def _stop(self) -> None:
        stop(self._stopping, self._loops)
        stop_consuming()

    def _leave(self) -> NoReturn:
        """Wait for steps and calls in flight; the watch cuts off what takes too long."""
        status = 0 if self._stopping.is_set() else STALLED
        stop(self._stopping, self._loops)
        for loop in self._loops:
            loop.join()
        self._calls.close(within=GRACE)
        stop_tracing()
        log.info("worker ends", status=status)
        sys.stdout.flush()
        # Threads of libraries may still wait for something; nothing of ours does.
        os._exit(status)
