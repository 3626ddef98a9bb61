"""Runs a WSGI app under Granian: one worker with blocking threads, graceful on SIGTERM."""

from collections.abc import Callable

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from common.logs import set_up_logs
from common.settings import Settings

THREADS = 4
BACKLOG = 256


def serve(settings: Settings, make_app: Callable[[], Flask]) -> None:
    """Serve until told to stop. `make_app` runs in the worker, after the fork."""

    def load() -> Flask:
        set_up_logs(settings.service, "web")
        return make_app()

    server = Server(
        target=settings.service,
        address=settings.web_host,
        port=settings.web_port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=load, wrap_loader=False)
