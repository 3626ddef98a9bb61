"""A small OTLP receiver: takes what services send over HTTP and keeps the spans."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """A span that arrived."""

    service: str
    process: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    began: int
    ended: int
    attributes: dict[str, str]


class Receiver:
    """Spans by their ids, and every byte as it came, to be searched for what must not be there."""

    def __init__(self) -> None:
        self.spans: dict[str, Seen] = {}
        self.raw: list[bytes] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                receiver.take(body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def take(self, body: bytes) -> None:
        self.raw.append(body)
        for told in ExportTraceServiceRequest.FromString(body).resource_spans:
            who = {each.key: each.value.string_value for each in told.resource.attributes}
            for span in (span for scope in told.scope_spans for span in scope.spans):
                said = {
                    a.key: a.value.string_value or str(a.value.int_value) for a in span.attributes
                }
                self.spans[span.span_id.hex()] = Seen(
                    service=who["service.name"],
                    process=who["orderlink.process"],
                    name=span.name,
                    trace_id=span.trace_id.hex(),
                    span_id=span.span_id.hex(),
                    parent_id=span.parent_span_id.hex(),
                    began=span.start_time_unix_nano,
                    ended=span.end_time_unix_nano,
                    attributes=said,
                )

    def trace_with(
        self, name: str, *, until: Callable[[dict[str, Seen]], bool], seconds: float = 90
    ) -> dict[str, Seen]:
        """Return the newest trace with a span of this name, as soon as `until` holds of it.

        After `seconds` it is returned as it then is, for the test to say what it lacks.
        """
        end = time.monotonic() + seconds
        while not until(trace := self._newest_with(name)) and time.monotonic() < end:
            time.sleep(0.3)
        return trace

    def _newest_with(self, name: str) -> dict[str, Seen]:
        spans = dict(self.spans)
        found = [span for span in spans.values() if span.name == name]
        if not found:
            return {}
        trace_id = max(found, key=lambda span: span.began).trace_id
        return {key: span for key, span in spans.items() if span.trace_id == trace_id}


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    threading.Thread(target=receiver.server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()
