"""Spans from the click to the mail, sent to OTEL_EXPORTER_OTLP_ENDPOINT; without it nothing is made.

The trace travels where `common.context.Trace` travels: in headers to peers, in envelopes, with
outbound calls. Names and attributes are the code's own words (routes, questions, events, kinds):
never an address with its token, a header, a body, a parameter of a query or a failure's message.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from common.context import Trace, current_trace, traced

if TYPE_CHECKING:
    from common.tracing.exporting import Exporting

Kind = Literal["internal", "server", "client", "producer", "consumer"]

_exporting: "Exporting | None" = None


def is_tracing() -> bool:
    return _exporting is not None


def exporting() -> "Exporting | None":
    """Return what sends spans, or None while nobody wants any."""
    return _exporting


def start_tracing(service: str, process: str, *, endpoint: str | None) -> None:
    """Send spans from now on, of this process; after the fork, for a thread sends them."""
    global _exporting  # noqa: PLW0603
    if endpoint and _exporting is None:
        from common.tracing.exporting import Exporting  # 60 ms and 12 MB that only this needs.

        _exporting = Exporting(service, process)


def stop_tracing() -> None:
    """Send what is left, but do not wait long for it."""
    if _exporting is not None:
        _exporting.flush()


@contextmanager
def span(name: str, *, kind: Kind = "internal", **attributes: str | int) -> Iterator[None]:
    """Tell of the block as one span; what is called inside belongs to it. Attributes: a_b is a.b."""
    trace = current_trace()
    if _exporting is None or trace is None:
        yield
        return
    begun = _exporting.begin(name, kind=kind, parent=trace.traceparent, attributes=attributes)
    try:
        with traced(Trace(trace.request_id, begun.traceparent)):
            yield
    except BaseException as wrong:
        begun.fail(type(wrong).__name__)
        raise
    finally:
        begun.end()
