"""Tracing that nobody asked for: no exporter imported, no thread, next to no time.

redis-py imports OpenTelemetry's metrics wherever they are installed; that part is not ours.
"""

import subprocess
import sys
import timeit

from common.context import Trace, traced
from common.tracing import is_tracing, span

PROGRAM = """
import sys, threading
from common.db import Database
from common.delivery import worker
from common.tracing import start_tracing, stop_tracing
from common.web import app, serve
start_tracing("links", "web", endpoint=None)
Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
stop_tracing()
ours = ("opentelemetry.sdk.trace", "opentelemetry.exporter", "common.tracing.exporting")
print([name for name in sys.modules if name.startswith(ours)], threading.active_count())
"""


def test_no_exporter_is_imported_while_nobody_wants_spans() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[] 1"


def test_a_span_that_nobody_wants_costs_microseconds() -> None:
    def inside() -> None:
        with span("ask links links/resolve", kind="client"):
            pass

    with traced(Trace("0" * 32)):
        seconds = min(timeit.repeat(inside, number=2000, repeat=5)) / 2000
    assert not is_tracing()
    assert seconds < 20e-6
