"""The gateway sends each path to its service, and tells a service only what is true."""

import hashlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from devstack.environment import Stack
from devstack.gateway import FILES, gateway, gather_static, render
from devstack.servers.ports import LOOPBACK
from devstack.servers.program import running
from devstack.services import SERVICES

pytestmark = pytest.mark.integration
AWAY = "notifications"
"""The service that does not run in these tests."""
CONNECTS = {"POST": 4, "PUT": 4, "DELETE": 4, "GET": 1}
"""How many connections four requests make."""


class Echo(BaseHTTPRequestHandler):
    """Answers every request with what arrived, and the name of the service it arrived at."""

    protocol_version = "HTTP/1.1"
    service: str

    def do_GET(self) -> None:
        size = len(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told = {"service": self.service, "path": self.path, "headers": headers, "size": size}
        told["connection"] = self.client_address[1]
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Request-Id", "the service's own")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def client(stack: Stack) -> Iterator[httpx.Client]:
    servers = []
    for service in SERVICES:
        if service != AWAY:
            handler = type("Handler", (Echo,), {"service": service})
            servers.append(ThreadingHTTPServer((LOOPBACK, stack.addresses.inner[service]), handler))
            threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
    gather_static(stack)
    nginx = gateway(stack)
    nginx.prepare()
    with (
        running(nginx.program(), stack.places.logs / "gateway.log"),
        httpx.Client(base_url=stack.addresses.public_url, trust_env=False) as client,
    ):
        yield client
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "links"),
        ("/l/abc", "links"),
        ("/links", "links"),
        ("/links/new?a=b", "links"),
        ("/signin/abc", "identity"),
        ("/account/claims/abc", "identity"),
        ("/app", "identity"),
        ("/buyers/1", "identity"),
        ("/team", "identity"),
        ("/settings/languages", "identity"),
        ("/shop/abc", "catalog"),
        ("/app/shop/b/c", "catalog"),
        ("/catalogs", "catalog"),
        ("/products/import", "catalog"),
        ("/lookbooks/1", "catalog"),
        ("/cart/abc/lines", "checkout"),
        ("/checkout/abc/receipts/1", "checkout"),
        ("/app/cart/b/c", "checkout"),
        ("/app/checkout/b/c", "checkout"),
        ("/app/orders", "checkout"),
        ("/orders?q=1", "checkout"),
        ("/shipping", "checkout"),
        ("/payments", "checkout"),
        ("/next-engine/callback?code=1", "checkout"),
        ("/webhooks/stripe", "checkout"),
        ("/ops/catalog", "catalog"),
        ("/api/identity/v1/buyers", "identity"),
        ("/api/checkout/docs", "checkout"),
    ],
)
def test_the_longest_prefix_wins(client: httpx.Client, path: str, service: str) -> None:
    told = client.get(path).json()
    assert (told["service"], told["path"]) == (service, path)


@pytest.mark.parametrize(
    "path",
    [
        "/internal/v1/links/resolve",
        "/links/../internal/v1/links/resolve",
        "/links/%2e%2e/metrics",
        "//internal/v1/links/resolve",
        "/metrics",
        "/health/ready",
        "/nothing",
        "/api/nobody/v1/x",
        "/webhooks/x",
        "/_errors/404.html",
    ],
)
def test_what_is_nobodys_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.build_request("GET", path)
    answer.url = answer.url.copy_with(raw_path=path.encode())
    assert client.send(answer).status_code == 404


def test_a_client_cannot_say_who_it_is_nor_number_its_request(client: httpx.Client) -> None:
    lies = {
        "X-Request-Id": "mine",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-User-Id": "1",
        "X-User-Role": "owner",
        "Forwarded": "for=10.0.0.1",
        "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
        "X-Gateway-Clock": "1.000 9.000",
    }
    answer = client.get("/links", headers=lies)
    told = answer.json()["headers"]
    for name in ("x-forwarded-prefix", "x-user-id", "x-user-role", "forwarded", "traceparent"):
        assert name not in told
    assert re.fullmatch(r"\d{10}\.\d{3} \d+\.\d{3}", told["x-gateway-clock"])
    assert told["x-forwarded-for"] == LOOPBACK
    assert told["x-forwarded-proto"] == "http"
    assert told["x-forwarded-host"] == told["host"]
    assert len(told["x-request-id"]) == 32
    assert answer.headers.get_list("x-request-id") == [told["x-request-id"]]


@pytest.mark.parametrize(
    ("path", "mebibytes", "status"),
    [
        ("/links", 0.9, 200),
        ("/links", 1.1, 413),
        ("/links/files", 2, 200),
        ("/products/import", 24, 200),
        ("/products/import", 26, 413),
    ],
)
def test_a_body_has_a_limit_and_uploads_have_their_own(
    client: httpx.Client, path: str, mebibytes: float, status: int
) -> None:
    answer = client.post(path, content=b"x" * int(mebibytes * 2**20))
    assert answer.status_code == status


def test_a_service_that_is_away_is_a_page_for_people_and_a_problem_for_clients(
    client: httpx.Client,
) -> None:
    page = client.get("/notifications", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert page.headers["x-request-id"] in page.text
    assert "Try again" in page.text
    problem = client.get("/api/notifications/v1/messages")
    assert problem.status_code == 503
    assert problem.headers["content-type"] == "application/problem+json"
    told = problem.json()
    assert (told["status"], told["code"]) == (503, "unavailable")
    assert told["request_id"] == problem.headers["x-request-id"]


@pytest.mark.parametrize(
    ("cookie", "liked", "spoken"),
    [
        ("ja", "en-GB", "ja"),
        ("en", "ja-JP", "en"),
        ("", "ja-JP,en;q=0.5", "ja"),
        ("", "fr-FR,ja;q=0.5", "ja"),
        ("", "en-GB,ja;q=0.5", "en"),
        ("", "fr-FR", "en"),
    ],
)
def test_a_page_of_the_gateway_speaks_one_language_the_readers(
    client: httpx.Client, cookie: str, liked: str, spoken: str
) -> None:
    remembered = {"Cookie": f"language={cookie}"} if cookie else {}
    headers = {"Accept": "text/html", "Accept-Language": liked, **remembered}
    page = client.get("/nothing", headers=headers).text
    words = {"en": "There is nothing here", "ja": "ページが見つかりません"}
    assert f'<html lang="{spoken}">' in page
    assert words.pop(spoken) in page
    assert not any(others in page for others in words.values())
    assert "<!--#" not in page


def test_what_changes_something_gets_a_connection_of_its_own(client: httpx.Client) -> None:
    """A kept one may be closed in that moment, and what changes something is never sent again."""
    asked = {method: [client.request(method, "/links") for _ in range(4)] for method in CONNECTS}
    used = {
        method: len({answer.json()["connection"] for answer in answers})
        for method, answers in asked.items()
    }
    assert used == CONNECTS


def test_static_files_are_kept_for_ever_under_their_version(client: httpx.Client) -> None:
    asked = ("", f"?v={version_of('errors.css')}")
    plain, versioned = (client.get(f"/static/gateway/errors.css{v}") for v in asked)
    assert plain.status_code == versioned.status_code == 200
    assert plain.headers["cache-control"] == "public, max-age=300"
    assert "immutable" in versioned.headers["cache-control"]
    assert plain.headers["x-content-type-options"] == "nosniff"


def test_a_file_is_not_kept_under_another_releases_version(client: httpx.Client) -> None:
    """A newer page beside an older gateway would keep the older file for a year."""
    other = client.get("/static/gateway/errors.css?v=0123456789ab")
    assert other.headers["cache-control"] == "no-cache"
    again = client.get(other.url, headers={"If-None-Match": other.headers["etag"]})
    assert again.status_code == 304


def version_of(name: str) -> str:
    return hashlib.sha256((FILES / "static" / name).read_bytes()).hexdigest()[:12]


def test_what_brands_upload_is_shown_and_never_run(client: httpx.Client, stack: Stack) -> None:
    (stack.places.media / "page.html").write_text("<script>alert(1)</script>")
    answer = client.get("/media/page.html")
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def log_after(stack: Stack, request_id: str) -> str:
    """Return the log once it has the line of that request: nginx writes it after the answer."""
    until = time.monotonic() + 10
    while request_id not in (log := (stack.places.logs / "gateway.log").read_text()):
        assert time.monotonic() < until, f"no line of {request_id} in:\n{log}"
        time.sleep(0.01)
    return log


def test_logs_name_no_link(client: httpx.Client, stack: Stack) -> None:
    client.get("/l/secret-token-1?a=secret-token-2")
    away = client.get("/notifications?of=secret-token-3")
    assert away.status_code == 503
    log = log_after(stack, away.headers["x-request-id"])
    assert '"path":"/l/***"' in log
    assert "secret-token" not in log


@pytest.mark.parametrize(
    "path", ["/%6c/secret-token", "//l/secret-token", "/l//secret-token", "/l/./secret-token"]
)
def test_logs_name_no_link_that_is_written_another_way(
    client: httpx.Client, stack: Stack, path: str
) -> None:
    with socket.create_connection((LOOPBACK, stack.addresses.gateway), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(4096), b"")).decode()
    [request_id] = re.findall(r"(?im)^x-request-id: (\w+)", answer)
    assert "secret-token" not in log_after(stack, request_id)


def test_logs_name_no_link_that_a_large_body_is_sent_to(client: httpx.Client, stack: Stack) -> None:
    answer = client.post("/l/secret-token", content=b"a" * 200_000)
    assert "secret-token" not in log_after(stack, answer.headers["x-request-id"])


def test_logs_name_no_link_when_the_gateway_cannot_write(
    client: httpx.Client, stack: Stack
) -> None:
    """As on a full disk: nginx calls it critical and would quote the request."""
    bodies = stack.places.run / "gateway" / "body"
    aside = bodies.rename(bodies.with_name("aside"))
    try:
        answer = client.post("/l/secret-token", content=b"a" * 200_000)
    finally:
        aside.rename(bodies)
    assert answer.status_code == 500
    log = log_after(stack, answer.headers["x-request-id"])
    assert "secret-token" not in log
    assert '"path":"/l/***","status":500' in log


def test_logs_tell_operators_which_service_is_away(client: httpx.Client, stack: Stack) -> None:
    answer = client.get("/notifications?of=secret-token")
    log = log_after(stack, answer.headers["x-request-id"]).splitlines()
    [told] = [json.loads(line) for line in log if answer.headers["x-request-id"] in line]
    upstream = f"{LOOPBACK}:{stack.addresses.inner[AWAY]}"
    assert (told["status"], told["upstream"], told["upstream_status"]) == (503, upstream, "502")


def test_an_unknown_variable_of_the_template_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        render("${NEVER_HEARD_OF}", {})
