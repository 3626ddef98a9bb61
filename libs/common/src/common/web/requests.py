"""Every request has an id, given by the gateway or made here, and says it in its answer."""

import re
from uuid import uuid4

from flask import Flask, Response, request

from common.context import Trace, current_trace, set_trace

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


LEFTOVER_BYTES = 2 * 1024 * 1024


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_say)
    app.after_request(_read_the_rest)


def request_id() -> str:
    """Return the id of the request under way."""
    trace = current_trace()
    return trace.request_id if trace else ""


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    parent = request.headers.get("traceparent", "")
    set_trace(
        Trace(
            request_id=given if REQUEST_ID.fullmatch(given) else uuid4().hex,
            traceparent=parent if TRACEPARENT.fullmatch(parent) else None,
        )
    )


def _say(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    return response


def _read_the_rest(response: Response) -> Response:
    """Read what a refused request still sends: the server drops a connection with an unread body,
    and the gateway may just then be giving it the next person's request.
    """
    body, left = request.environ.get("wsgi.input"), LEFTOVER_BYTES
    if body is None or not request.content_length:
        return response
    while left > 0 and (chunk := body.read(65536)):
        left -= len(chunk)
    if left <= 0:
        response.headers["Connection"] = "close"
    return response
