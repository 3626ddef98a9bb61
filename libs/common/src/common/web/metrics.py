"""Rate, errors and duration by route template, for Prometheus. Not routed from outside."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

REQUESTS = Counter("http_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Time to the answer.", ["method", "route"])


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)
    app.add_url_rule("/metrics", "metrics", _show)


def _show() -> Response:
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    route = str(request.url_rule) if request.url_rule else "none"
    REQUESTS.labels(request.method, route, response.status_code).inc()
    SECONDS.labels(request.method, route).observe(time.perf_counter() - g.began)
    return response
