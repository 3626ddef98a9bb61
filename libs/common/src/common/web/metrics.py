"""Rate, errors and duration by route template, for Prometheus. Not routed from outside."""

import time
from collections.abc import Sequence

from flask import Flask, Response, current_app, g, request
from prometheus_client import Counter, Histogram

from common.db import Database
from common.watching import CONTENT_TYPE, Watched, exposition
from common.watching.reader import USUAL, DepthReader
from common.web import deps

REQUESTS = Counter("http_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Time to the answer.", ["method", "route"])

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""Anybody may make one up, and each would be a series of its own for ever: the rest is "other"."""


def install(app: Flask, *, watched: Sequence[Watched] = ()) -> None:
    """Count every answer, and show all counts and depths; `watched` adds the service's own."""
    app.extensions["watched"] = watched
    app.before_request(_begin)
    app.after_request(_count)
    app.add_url_rule("/metrics", "metrics", _show)


def _show() -> Response:
    return Response(exposition(_depths()), content_type=CONTENT_TYPE)


def _depths() -> DepthReader:
    """Return the reader of the running app's database; tests put in another one."""
    known: dict[Database, DepthReader] = current_app.extensions.setdefault("depths", {})
    database = deps().database
    if database not in known:
        for other in known.values():
            other.close()
        known.clear()
        watched = (*USUAL, *current_app.extensions["watched"])
        known[database] = DepthReader(database, watched=watched)
    return known[database]


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    route = str(request.url_rule) if request.url_rule else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    SECONDS.labels(method, route).observe(time.perf_counter() - g.began)
    return response
