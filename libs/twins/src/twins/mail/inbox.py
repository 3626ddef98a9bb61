"""The arrivals, in memory, newest last."""

import itertools
import threading
from collections import deque
from datetime import UTC, datetime

from twins.mail.faults import MailFaults
from twins.mail.messages import Arrival, read_arrival

_KEPT = 50_000


class Inbox:
    """Every accepted message; the oldest go when there are more than 50,000."""

    def __init__(self) -> None:
        self.faults = MailFaults()
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._arrivals: deque[Arrival] = deque(maxlen=_KEPT)

    def keep(self, raw: bytes, *, mail_from: str, rcpt_to: list[str], reply: str) -> Arrival:
        """Keep an accepted message, whether or not its sender will learn of it."""
        with self._lock:
            arrival = read_arrival(
                raw,
                number=next(self._ids),
                mail_from=mail_from,
                rcpt_to=rcpt_to,
                received_at=datetime.now(UTC),
                reply=reply,
            )
            self._arrivals.append(arrival)
            return arrival

    def find(self, number: int) -> Arrival | None:
        with self._lock:
            return next((arrival for arrival in self._arrivals if arrival.id == number), None)

    def listed(
        self, *, to: str | None = None, since: datetime | None = None, after: int = 0
    ) -> list[Arrival]:
        """Return the arrivals for a recipient, from an instant on, or after an id; oldest first."""
        with self._lock:
            return [
                arrival
                for arrival in self._arrivals
                if arrival.id > after
                and (to is None or to.lower() in (address.lower() for address in arrival.rcpt_to))
                and (since is None or arrival.received_at >= since)
            ]

    def reset(self) -> None:
        """Forget messages and faults."""
        with self._lock:
            self._arrivals.clear()
        self.faults.clear()
