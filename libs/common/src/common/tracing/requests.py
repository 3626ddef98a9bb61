"""The spans of a request: the gateway's, if it came through it, and the service's own."""

import re

from flask import Flask, Response, g, request

from common.context import Trace, current_trace, set_trace
from common.tracing import exporting

CLOCK = re.compile(r"(\d{10}\.\d{3}) (\d+\.\d{3})")
"""nginx's clock when it passes the request on, and the seconds it has had it."""


def install(app: Flask) -> None:
    """Call it right after the request has its id: everything else happens inside the span."""
    app.before_request(_begin)
    app.after_request(_say)
    app.teardown_request(_end)


def _begin() -> None:
    sending, trace = exporting(), current_trace()
    g.spans = []
    if sending is None or trace is None or request.url_rule is None:
        return
    if request.url_rule.rule == "/metrics" or request.url_rule.rule.startswith("/health/"):
        return
    parent, name = trace.traceparent, f"{request.method} {request.url_rule.rule}"
    clock = CLOCK.fullmatch(request.headers.get("X-Gateway-Clock", ""))
    if clock and parent is None:
        began = float(clock[1]) - float(clock[2])
        above = sending.begin_at_gateway(trace.request_id, began=began)
        above.rename(name)
        g.spans.append(above)
        parent = above.traceparent
    attributes = {"http_request_method": request.method, "http_route": request.url_rule.rule}
    own = sending.begin(name, kind="server", parent=parent, attributes={})
    own.say(**attributes, request_id=trace.request_id)
    g.spans.append(own)
    set_trace(Trace(trace.request_id, own.traceparent))


def _say(response: Response) -> Response:
    for begun in g.get("spans", ()):
        begun.say(http_status=response.status_code)
        if response.status_code >= 500:
            begun.fail(f"answered {response.status_code}")
    return response


def _end(_: BaseException | None) -> None:
    for begun in reversed(g.pop("spans", [])):
        begun.end()
