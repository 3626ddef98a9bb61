"""Server CPU of a page: our process's and PostgreSQL's, without a network between."""

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil
from flask import Flask

ROUNDS = 5


@dataclass(frozen=True)
class Page:
    """One GET of a WSGI app, called as a server calls it."""

    app: Flask
    path: str
    cookie: str = ""
    status: int = 200

    def __call__(self) -> None:
        said: list[str] = []
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8080",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8080",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        answer = self.app(environ, lambda status, headers, info=None: said.append(status))  # type: ignore[arg-type,misc]
        for _part in answer:
            pass
        close = getattr(answer, "close", None)
        if close:
            close()
        if not said[0].startswith(str(self.status)):
            raise AssertionError(f"{self.path} answered {said[0]}")


def cpu_ratio(
    ours: Callable[[], None], bare: Callable[[], None], *, database: int, times: int = 150
) -> float:
    """Return how many times more CPU ours takes: the median of rounds that alternate.

    `database` is the pid of the PostgreSQL server that both ask.
    """
    for _ in range(times // 3):
        ours()
        bare()
    found = [_cpu(ours, database, times) / _cpu(bare, database, times) for _ in range(ROUNDS)]
    return statistics.median(found)


def _cpu(do: Callable[[], None], database: int, times: int) -> float:
    before = time.process_time() + _of_database(database)
    for _ in range(times):
        do()
    return time.process_time() + _of_database(database) - before


def _of_database(pid: int) -> float:
    top = psutil.Process(pid)
    spent = 0.0
    for each in [top, *top.children(recursive=True)]:
        try:
            used = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += used.user + used.system
    return spent
