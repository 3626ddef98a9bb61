"""Connections that look where they go: every address of the name is judged, one is connected to.

The name is looked up once per connection and the checked address itself is used, so that no
second look-up can lead elsewhere.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from notifications.domain.targets import is_allowed


class ForbiddenTarget(httpcore.ConnectError):
    """The name leads into a private network."""


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, and lets nothing last beyond `until` (monotonic)."""

    def __init__(self, *, until: float, allow_loopback: bool) -> None:
        self._until, self._allow_loopback = until, allow_loopback
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host, if all of them may be connected to."""
        addresses = resolve(host, port)
        for each in addresses:
            if not is_allowed(ip_address(each), allow_loopback=self._allow_loopback):
                raise ForbiddenTarget("the address leads into a private network")
        left = _left(self._until, timeout)
        stream = self._plain.connect_tcp(addresses[0], port, left, local_address, socket_options)
        return _Timed(stream, self._until)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise ForbiddenTarget("no sockets of this machine")


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends with the whole conversation's time."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of the name. Raises ConnectError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as wrong:
        raise httpcore.ConnectError("the name is not known") from wrong
    # A scope (fe80::1%eth0) is no part of the address that is judged.
    return list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long")
    return left if timeout is None else min(left, timeout)
