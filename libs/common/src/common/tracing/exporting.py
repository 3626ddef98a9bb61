"""OpenTelemetry behind a small door. Imported only where spans are wanted."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

FLUSH_MS = 2000
TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_wanted_trace_id: ContextVar[int | None] = ContextVar("wanted_trace_id", default=None)


class RequestIds(RandomIdGenerator):
    """A trace that begins at the gateway has the request's id, so that logs and trace are one."""

    def generate_trace_id(self) -> int:
        return _wanted_trace_id.get() or super().generate_trace_id()


class Begun:
    """A span that has begun, and what those below it are told."""

    def __init__(self, span: Span) -> None:
        self._span = span
        ids = span.get_span_context()
        self.traceparent = f"00-{ids.trace_id:032x}-{ids.span_id:016x}-{ids.trace_flags:02x}"

    def say(self, **attributes: str | int) -> None:
        for name, value in _named(attributes).items():
            self._span.set_attribute(name, value)

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def fail(self, kind: str) -> None:
        """Mark it failed by the name of the failure: its message may quote somebody."""
        self._span.set_status(Status(StatusCode.ERROR, kind))

    def end(self) -> None:
        self._span.end()


class Exporting:
    """Makes spans of one process, and those that its gateway cannot send itself."""

    def __init__(self, service: str, process: str) -> None:
        # The endpoint and all further options are OpenTelemetry's own OTEL_… variables.
        self._sender = BatchSpanProcessor(OTLPSpanExporter())
        self._own = self._tracer(service, process)
        self._gateway = self._tracer("gateway", "gateway")

    def begin(
        self,
        name: str,
        *,
        kind: str,
        parent: str | None,
        attributes: Mapping[str, str | int],
    ) -> Begun:
        started = self._own.start_span(
            name,
            context=_context(parent),
            kind=SpanKind[kind.upper()],
            attributes=_named(attributes),
        )
        return Begun(started)

    def begin_at_gateway(self, request_id: str, *, began: float) -> Begun:
        """Begin a trace where the gateway took the request: nginx says when, we send its span.

        `began`: seconds since 1970. The trace's id is the request's where that is 32 digits.
        """
        is_id = re.fullmatch("[0-9a-f]{32}", request_id) is not None
        token = _wanted_trace_id.set(int(request_id, 16) if is_id else None)
        try:
            started = self._gateway.start_span(
                "request", context=Context(), kind=SpanKind.SERVER, start_time=int(began * 1e9)
            )
        finally:
            _wanted_trace_id.reset(token)
        return Begun(started)

    def flush(self) -> None:
        self._sender.force_flush(FLUSH_MS)

    def _tracer(self, service: str, process: str) -> Any:
        named = {"service.namespace": "orderlink", "service.name": service}
        provider = TracerProvider(
            resource=Resource.create({**named, "orderlink.process": process}),
            id_generator=RequestIds(),
            span_limits=SpanLimits(max_attribute_length=300, max_events=0),
        )
        provider.add_span_processor(self._sender)
        return provider.get_tracer("orderlink")


def _context(traceparent: str | None) -> Context:
    found = TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return Context()
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    above = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return set_span_in_context(NonRecordingSpan(above), Context())


def _named(attributes: Mapping[str, str | int]) -> dict[str, str | int]:
    return {name.replace("_", "."): value for name, value in attributes.items()}
