"""Connections to peers, kept open between questions: the standard library's, for their price.

A question is a POST of a kilobyte in the same house. httpx, made for everybody's servers, uses a
millisecond of processor for one, as much as the peer for its answer; http.client uses a quarter.
"""

import http.client
import select
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as once
from ssl import SSLContext
from urllib.parse import urlsplit

import httpx

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 4.0
KEPT = 32
Lost = (OSError, http.client.HTTPException)
"""What a question may die of on its way."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    content: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class Line:
    """The way to one peer; threads share it, each call has a connection to itself."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._is_secure = parts.scheme == "https"
        self._host, self._port, self._prefix = parts.hostname or "", parts.port, parts.path
        self._idle: deque[http.client.HTTPConnection] = deque(maxlen=KEPT)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send, and return the answer whole. Raises one of Lost."""
        connection = self._take()
        try:
            connection.request("POST", f"{self._prefix}{path}", body, dict(headers))
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.read())
        except BaseException:
            connection.close()
            raise
        if not answer.will_close:
            self._idle.append(connection)
        return reply

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> http.client.HTTPConnection:
        while self._idle:
            try:
                kept = self._idle.pop()
            except IndexError:  # Another thread was faster.
                break
            if not _is_over(kept):
                return kept
            kept.close()
        return self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        fresh = (
            http.client.HTTPSConnection(
                self._host, self._port, timeout=CONNECT_SECONDS, context=_certificates()
            )
            if self._is_secure
            else http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
        )
        fresh.connect()
        fresh.sock.settimeout(ANSWER_SECONDS)
        return fresh


def _is_over(connection: http.client.HTTPConnection) -> bool:
    """Say whether the peer has closed it meanwhile: nothing else makes a resting one readable."""
    if connection.sock is None:
        return True
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return bool(poll.poll(0))


@once
def _certificates() -> SSLContext:
    """Reading them takes 40 ms."""
    return httpx.create_ssl_context()
