"""What people and clients get when the way from the gateway to a service is silent, slow or cut."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from devstack.environment import Stack
from devstack.gateway import gateway, gather_static
from devstack.servers.ports import LOOPBACK
from devstack.servers.program import running

pytestmark = pytest.mark.integration
BODY = b"x" * 3000
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3000\r\nX-Whole: yes\r\n\r\n" + BODY
PATIENCE = 2
"""Seconds for the gateway's 30."""
PAGE = {"Accept": "text/html,*/*"}


class BadService:
    """Reads a request, then answers as its path says; counts what arrived, by method and path."""

    def __init__(self, port: int) -> None:
        self.arrived: list[str] = []
        self._socket = socket.create_server((LOOPBACK, port))
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            asked = line.recv(65536)
            while b"\r\n\r\n" not in asked:
                asked += line.recv(65536)
            method, path, _ = asked.decode().split(" ", 2)
            self.arrived.append(f"{method} {path}")
            if path.endswith("/cut-at-once"):
                return
            if path.endswith("/cut-in-head"):
                line.sendall(ANSWER[:20])
            elif path.endswith("/cut-in-body"):
                line.sendall(ANSWER[:2000])
            elif path.endswith("/silent"):
                time.sleep(PATIENCE * 4)
            else:
                for place in range(len(ANSWER)):
                    line.sendall(ANSWER[place : place + 1])


@pytest.fixture(scope="module")
def client(stack: Stack) -> Iterator[httpx.Client]:
    gather_static(stack)
    nginx = gateway(stack)
    assert nginx.configuration.count("proxy_read_timeout 30s;") == 1
    short = nginx.configuration.replace(
        "proxy_read_timeout 30s;", f"proxy_read_timeout {PATIENCE}s;"
    )
    nginx = replace(nginx, configuration=short)
    nginx.prepare()
    with (
        running(nginx.program(), stack.places.logs / "gateway.log"),
        httpx.Client(base_url=stack.addresses.public_url, trust_env=False) as client,
    ):
        yield client


@pytest.fixture
def service(stack: Stack) -> Iterator[BadService]:
    bad = BadService(stack.addresses.inner["links"])
    yield bad
    bad.close()


@pytest.mark.parametrize("how", ["cut-at-once", "cut-in-head"])
def test_what_changes_something_and_loses_its_answer_may_be_done(
    client: httpx.Client, service: BadService, how: str
) -> None:
    page = client.post(f"/links/{how}", headers=PAGE, data={"a": "b"})
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "may still have been received" in page.text
    japanese = client.post(f"/links/{how}", headers=PAGE | {"Cookie": "language=ja"})
    assert "受け付けられている" in japanese.text
    assert page.headers["x-request-id"] in page.text
    problem = client.post(f"/api/links/v1/{how}", json={})
    assert problem.headers["content-type"] == "application/problem+json"
    told = problem.json()
    assert (problem.status_code, told["status"], told["code"]) == (502, 502, "answer_lost")
    pages = [f"POST /links/{how}"] * 2
    assert service.arrived == [*pages, f"POST /api/links/v1/{how}"]


def test_a_large_body_that_nobody_read_gets_the_same_words(
    client: httpx.Client, service: BadService
) -> None:
    film = b"x" * 20 * 2**20
    problem = client.post("/api/links/v1/files/cut-at-once", content=film)
    assert (problem.status_code, problem.json()["code"]) == (502, "answer_lost")


@pytest.mark.parametrize("how", ["cut-at-once", "cut-in-head"])
def test_what_only_reads_is_asked_for_again_by_who_wants_it(
    client: httpx.Client, service: BadService, how: str
) -> None:
    page = client.get(f"/links/{how}", headers=PAGE)
    assert page.status_code == 503
    assert "Try again" in page.text
    assert "may still have been received" not in page.text


def test_what_found_nobody_was_not_received(client: httpx.Client) -> None:
    page = client.post("/links/nobody", headers=PAGE, data={"a": "b"})
    assert page.status_code == 503
    assert "may still have been received" not in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_that_is_cut_is_never_taken_for_a_whole_one(
    client: httpx.Client, service: BadService, method: str
) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        client.request(method, "/links/cut-in-body", headers={**PAGE, "Accept-Encoding": "gzip"})
    assert service.arrived == [f"{method} /links/cut-in-body"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_silence_ends_with_a_page_and_nothing_is_sent_twice(
    client: httpx.Client, service: BadService, method: str
) -> None:
    began = time.monotonic()
    page = client.request(method, "/links/silent", headers=PAGE, timeout=30)
    assert time.monotonic() - began < PATIENCE * 2
    assert page.status_code == 504
    assert "may still have been received" in page.text
    assert service.arrived == [f"{method} /links/silent"]


def test_bytes_one_by_one_are_a_whole_page(client: httpx.Client, service: BadService) -> None:
    page = client.get("/links/drip")
    assert page.status_code == 200
    assert page.headers["x-whole"] == "yes"
    assert page.content == BODY
