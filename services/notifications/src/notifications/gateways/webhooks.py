"""Tells one endpoint one thing, signed as Standard Webhooks wants it; no redirect is followed."""

import hashlib
import hmac
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpcore
from standardwebhooks import Webhook

from notifications.gateways.guarded import GuardedBackend

SECONDS = 15.0
"""For everything: name, connection, request and answer. Source: Standard Webhooks, 15 to 30 s."""
MOST_BYTES = 4096
"""Of the answer's body are kept."""
STEP = {"connect": 5.0, "read": SECONDS, "write": SECONDS, "pool": SECONDS}


@dataclass(frozen=True)
class Told:
    """What was sent and what came back; `status` None: nothing came."""

    request: dict[str, Any]
    status: int | None
    answer: dict[str, Any]
    words: str

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class WebhookTeller:
    """Knows the key that all secrets are made from, and whether loopback is allowed."""

    def __init__(self, *, key: str, allow_loopback: bool) -> None:
        self._key = key.encode()
        self.allow_loopback = allow_loopback
        self._tls = ssl.create_default_context()

    def secret_of(self, endpoint_id: UUID, version: int) -> str:
        """Return the endpoint's secret; made from its id, so that it is stored nowhere."""
        named = f"webhook|{endpoint_id}|{version}".encode()
        return "whsec_" + b64encode(hmac.digest(self._key, named, hashlib.sha256)).decode()

    def tell(self, url: str, *, secret: str, event_id: UUID, body: str, now: datetime) -> Told:
        """Send it once and return what came of it; never raises for what the other side does."""
        headers = signed_headers(secret, event_id=event_id, body=body, now=now)
        until = time.monotonic() + SECONDS
        backend = GuardedBackend(until=until, allow_loopback=self.allow_loopback)
        began = time.monotonic()
        status, answer, words = self._ask(backend, url, headers, body)
        answer["milliseconds"] = round((time.monotonic() - began) * 1000)
        return Told({"url": url, "headers": headers}, status, answer, words)

    def _ask(
        self, backend: GuardedBackend, url: str, headers: dict[str, str], body: str
    ) -> tuple[int | None, dict[str, Any], str]:
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream(
                    "POST",
                    url,
                    headers=list(headers.items()),
                    content=body.encode(),
                    extensions={"timeout": STEP},
                ) as answered,
            ):
                text = _beginning(answered)
                told = {"headers": _shown_headers(answered), "body": text}
                return answered.status, told, f"HTTP {answered.status}"
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as lost:
            return None, {}, _words(lost)
        except (OSError, ValueError, httpcore.UnsupportedProtocol) as lost:
            return None, {}, _words(lost)


def signed_headers(secret: str, *, event_id: UUID, body: str, now: datetime) -> dict[str, str]:
    """Return the headers; the signature is over id, timestamp and body."""
    name = f"msg_{event_id}"
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Orderlink-Webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, now, body),
    }


def _beginning(answered: httpcore.Response) -> str:
    """Return the first bytes of the body; the rest is not waited for."""
    taken = b""
    for chunk in answered.iter_stream():
        taken += chunk
        if len(taken) >= MOST_BYTES:
            break
    return taken[:MOST_BYTES].decode(errors="replace").replace("\x00", "\ufffd")


def _shown_headers(answered: httpcore.Response) -> dict[str, str]:
    kept = {"content-type", "location", "retry-after", "server", "date"}
    pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in answered.headers)
    return {name: value[:200] for name, value in pairs if name.lower() in kept}


def _words(lost: Exception) -> str:
    return f"{type(lost).__name__}: {lost}"[:200]
