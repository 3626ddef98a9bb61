"""Both doors of the process: HTTP for all twins, SMTP for the inbox."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from twins.mail.door import smtp_door
from twins.mail.inbox import Inbox
from twins.mail.state import KEY as MAIL
from twins.router import create_app
from twins.settings import Settings


@dataclass(frozen=True)
class Running:
    """Where running twins are reached."""

    home: str
    smtp_host: str
    smtp_port: int

    @property
    def next_engine(self) -> str:
        return f"{self.home}/next-engine"

    @property
    def stripe(self) -> str:
        return f"{self.home}/stripe"

    @property
    def mail(self) -> str:
        return f"{self.home}/mail"


@contextmanager
def running_twins(settings: Settings) -> Iterator[Running]:
    """Serve in threads of this process until the block is left."""
    app = create_app(settings)
    server = ThreadedWSGIServer(settings.host, settings.http_port, app, handler=_Quiet)
    inbox = app.extensions[MAIL]
    assert isinstance(inbox, Inbox)  # noqa: S101
    with _listening(server), smtp_door(inbox, settings) as smtp_port:
        yield Running(f"http://{settings.host}:{server.server_port}", settings.host, smtp_port)


@contextmanager
def _listening(server: ThreadedWSGIServer) -> Iterator[None]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    """The journal knows the requests; the process's log stays for what goes wrong."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return
