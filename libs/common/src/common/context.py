"""What a request or task is about: ids that go into every log line, event and outgoing call."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog


@dataclass(frozen=True, slots=True)
class Trace:
    """The id that the gateway gave the request, and the W3C trace parent when there is one."""

    request_id: str
    traceparent: str | None = None


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current_trace() -> Trace | None:
    return _trace.get()


def set_trace(trace: Trace) -> None:
    """Make `trace` the one that this thread's log lines, events and calls carry."""
    _trace.set(trace)
    structlog.contextvars.bind_contextvars(request_id=trace.request_id)


@contextmanager
def traced(trace: Trace) -> Iterator[None]:
    """Carry `trace` while the block runs."""
    token = _trace.set(trace)
    with structlog.contextvars.bound_contextvars(request_id=trace.request_id):
        try:
            yield
        finally:
            _trace.reset(token)
