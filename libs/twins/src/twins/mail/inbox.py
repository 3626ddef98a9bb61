"""The arrivals, in memory, newest last."""

import itertools
import threading
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from twins.mail.faults import MailFaults
from twins.mail.messages import Letter, read_letter

_KEPT = 20_000
_PARSED = 2_000


@dataclass(kw_only=True)
class Arrival:
    """What one accepted DATA carried. A repeat of the same message is another arrival."""

    id: int
    received_at: datetime
    mail_from: str
    rcpt_to: tuple[str, ...]
    reply: str
    """sent, or lost where the sender was left without the answer."""
    packed: bytes
    is_recent: bool = True
    _letter: Letter | None = None

    @property
    def letter(self) -> Letter:
        """Return the message, parsed when it is first read and kept so while it is recent."""
        letter = self._letter or read_letter(zlib.decompress(self.packed))
        self._letter = letter if self.is_recent else None
        return letter

    def let_go(self) -> None:
        """Stop keeping the parsed form."""
        self.is_recent, self._letter = False, None


class Inbox:
    """The latest 20,000 accepted messages."""

    def __init__(self) -> None:
        self.faults = MailFaults()
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._arrivals: list[Arrival] = []

    def keep(self, raw: bytes, *, mail_from: str, rcpt_to: list[str], reply: str) -> None:
        """Keep an accepted message, whether or not its sender will learn of it."""
        packed = zlib.compress(raw, 1)
        with self._lock:
            self._arrivals.append(
                Arrival(
                    id=next(self._ids),
                    received_at=datetime.now(UTC),
                    mail_from=mail_from,
                    rcpt_to=tuple(rcpt_to),
                    reply=reply,
                    packed=packed,
                )
            )
            if len(self._arrivals) > _PARSED:
                self._arrivals[-_PARSED - 1].let_go()
            if len(self._arrivals) > _KEPT:
                del self._arrivals[0]

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
        """Forget messages and faults; ids go on."""
        with self._lock:
            self._arrivals.clear()
        self.faults.clear()
