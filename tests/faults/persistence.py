"""A client that does not give up: the same request again until it is answered."""

import threading
import time
from collections import Counter

import httpx

TRY_AGAIN = frozenset({409, 429, 500, 502, 503, 504})
"""What a careful client sends again, unchanged, so that the form's own key makes it one."""
PATIENCE = 240.0
PAUSE = 0.5


class Persistent(httpx.BaseTransport):
    """Repeats whatever failed, and counts why; for several clients at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._local = threading.local()
        self.repeats: Counter[str] = Counter()
        """How often a request was sent again, by the status or the error's name."""
        self.refused: Counter[str] = Counter()
        """Answers of 500, by the path without its ids: nobody should ever see one."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while True:
            reply, trouble = self._try(request)
            if reply is not None and (not trouble or time.monotonic() > until):
                return reply
            if reply is None and time.monotonic() > until:
                raise httpx.ConnectError(f"Nothing but {trouble} at {request.url.path}.")
            with self._lock:
                self.repeats[trouble] += 1
                if trouble == "500":
                    self.refused[f"{request.method} {request.url.path.split('/')[1]}"] += 1
            if reply is not None:
                reply.close()
            time.sleep(PAUSE)

    def close(self) -> None:
        """Stay open: browsers come and go, the transport is theirs together."""

    def _try(self, request: httpx.Request) -> tuple[httpx.Response | None, str]:
        """Return the answer, and the trouble with it if it is to be asked for again."""
        try:
            reply = self._wire.handle_request(request)
            reply.read()
        except httpx.TransportError as lost:
            return None, type(lost).__name__
        status = reply.status_code
        return reply, str(status) if status in TRY_AGAIN else ""

    @property
    def _wire(self) -> httpx.HTTPTransport:
        """This thread's own connections."""
        if not hasattr(self._local, "wire"):
            self._local.wire = httpx.HTTPTransport(verify=False)
        wire: httpx.HTTPTransport = self._local.wire
        return wire
