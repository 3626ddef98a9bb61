"""The worker's own small port, inside only: `/metrics`, and `/health/live` for its supervisor."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog
from prometheus_client.registry import Collector

from common.watching.exposition import CONTENT_TYPE, exposition

log = structlog.get_logger()


def open_port(
    host: str, port: int, *collectors: Collector, find_wrong: Callable[[], str | None]
) -> None:
    """Answer scrapes beside the work. `find_wrong` names a part of the worker that stands still.

    A port that cannot be had is said and done without: work goes on unwatched rather than not.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, CONTENT_TYPE, exposition(*collectors))
            elif self.path == "/health/live":
                wrong = find_wrong()
                self._answer(503 if wrong else 200, "text/plain", (wrong or "alive").encode())
            else:
                self._answer(404, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each scrape."""

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except OSError as taken:
        log.error("no port to be watched on", port=port, error=taken.strerror)
        return
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="port", daemon=True).start()
