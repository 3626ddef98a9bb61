"""Runs a WSGI app under Granian: workers with blocking threads, graceful on SIGTERM."""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from common.logs import set_up_logs
from common.settings import Settings
from common.tracing import start_tracing
from common.watching.exposition import SHARED, begin_shared_counts, forget_the_dead

THREADS = 4
SECRET_THREADS = 16
"""Of a service that checks secrets: `common.passwords.PLACES` of them may wait, the rest read."""
BACKLOG = 256
YOUNG_OBJECTS = 10_000
"""So many more made than gone before the youngest are searched; Python's own figure is 700."""
PR_SET_PDEATHSIG = 1


def serve(settings: Settings, make_app: Callable[[], Flask], *, threads: int = THREADS) -> None:
    """Serve until told to stop. `make_app` runs in the worker, after the fork."""

    def load() -> Flask:
        _be_endable()
        forget_the_dead()
        set_up_logs(settings.service, "web")
        endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT")
        start_tracing(settings.service, "web", endpoint=endpoint)
        app = make_app()
        _collect_seldom()
        return app

    if settings.web_processes > 1 and SHARED not in os.environ:
        raise SystemExit(
            f"WEB_PROCESSES={settings.web_processes} needs {SHARED}, see deploy/README.md."
        )
    begin_shared_counts()
    server = Server(
        target=settings.service,
        address=settings.web_host,
        port=settings.web_port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=threads,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=load, wrap_loader=False)


def _collect_seldom() -> None:
    """Leave what lives as long as the process out of the search for garbage, and search less often.

    A request makes some ten thousand objects, nearly all of which go by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def _be_endable() -> None:
    """Let the worker end by signals while it starts, and when Granian's main process is killed.

    Until it serves it has its parent's handlers, which would only note the signal, in a copy.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
