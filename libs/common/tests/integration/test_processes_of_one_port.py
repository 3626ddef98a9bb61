"""Several web processes behind one port count together, and the dead leave no connections in use."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.testing.settings import settings_env
from devstack.servers.ports import free_ports

pytestmark = pytest.mark.integration
PROGRAM = """
import os
from flask import Flask
from common.deps import BaseDeps, connect
from common.settings import Settings
from common.web.app import create_app
from common.web.serve import serve
from flask import Blueprint
pages = Blueprint("pages", __name__)
pages.add_url_rule("/who", view_func=lambda: str(os.getpid()), endpoint="who")
settings = Settings.from_env(os.environ)
serve(settings, lambda: create_app(deps=BaseDeps(**connect(settings)), import_name="links", pages_=[pages]))
"""


def ask(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return str(answer.read().decode())


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    [port] = free_ports(1)
    (tmp_path / "counts").mkdir()
    env = settings_env(
        "links",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        cache_url="redis://127.0.0.1:1/0",
        WEB_PORT=str(port),
        WEB_PROCESSES="2",
        PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "counts"),
    )
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], env={**os.environ, **env})
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            ask(port, "/health/live")
            break
        except OSError:
            time.sleep(0.1)
    yield port
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def ask_both(port: int) -> list[str]:
    """Ask until both have answered, the later one has to start first; return who it was each time."""
    answered: list[str] = []
    until = time.monotonic() + 60
    while len(set(answered)) < 2 and time.monotonic() < until:
        answered += [ask(port, "/who") for _ in range(20)]
    return answered


def test_their_counts_add_up_whoever_answers_the_scrape(port: int) -> None:
    answered = ask_both(port)
    assert len(set(answered)) == 2, "one process took all the requests"
    pages = {ask(port, "/metrics") for _ in range(8)}
    line = f'http_requests_total{{method="GET",route="/who",status="200"}} {len(answered)}.0'
    assert all(line in page for page in pages)
    limit = "orderlink_db_connections_limit 16.0"
    assert all(limit in page for page in pages)
