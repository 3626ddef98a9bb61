"""What goes wrong, drawn from a seed: workers killed, the broker emptied, replies lost."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from tests.faults.books import Books

from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

WORKERS = tuple(f"{service}-worker" for service in SERVICES)
PAUSE = (0.6, 1.5)
UPLOAD = "receiveorder_base/upload"
"""NEXT ENGINE's endpoint, as its twin names it."""
MAIL_BLOWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("mail accepted, reply lost", "accepted_then_drop", {}),
    ("mail refused for now", "rcpt", {"code": 451}),
    ("mail refused for good", "data", {"code": 554, "text": "5.7.1 Not today"}),
    ("mail reply dripped", "slow", {"seconds": 3.0}),
    ("mail and reply lost", "drop", {}),
)
"""What is counted, the twin's fault, and how."""
UPLOAD_BLOW = "upload accepted, reply lost"
LOST_REPLIES = frozenset({UPLOAD_BLOW, *(name for name, _, _ in MAIL_BLOWS)})


class Nemesis:
    """Hurts a stack; the same seed draws the same blows in the same order."""

    def __init__(self, stack: RunningStack, books: Books, *, seed: int) -> None:
        self._stack = stack
        self._books = books
        self._dice = random.Random(seed)
        self._replies = self._drawn_replies()
        self.blows: Counter[str] = Counter()

    @property
    def worker_kills(self) -> int:
        return sum(count for name, count in self.blows.items() if name in WORKERS)

    def rage(self, *, seconds: float, kills: int) -> None:
        """Strike for so long, and go on until so many workers were killed."""
        until = time.monotonic() + seconds
        broker_falls_at = sorted(time.monotonic() + seconds * part for part in (0.3, 0.7))
        while time.monotonic() < until or self.worker_kills < kills:
            if broker_falls_at and time.monotonic() > broker_falls_at[0]:
                broker_falls_at.pop(0)
                self._stack.lose_broker()
                self.blows["broker emptied"] += 1
            self._strike()
            time.sleep(self._dice.uniform(*PAUSE))

    def _strike(self) -> None:
        if self._dice.random() < 0.3:
            self._lose_a_reply()
        worker = self._dice.choice(WORKERS)
        if self._stack.kill(worker):
            self.blows[worker] += 1

    def _lose_a_reply(self) -> None:
        name = next(self._replies)
        if name == UPLOAD_BLOW:
            self._books.next_engine.order_fault("accepted_then_lost", endpoint=UPLOAD)
        else:
            kind, how = next((kind, how) for each, kind, how in MAIL_BLOWS if each == name)
            self._books.inbox.order_fault(kind, **how)
        self.blows[name] += 1

    def _drawn_replies(self) -> Iterator[str]:
        """Give one of each first, so that each has time to hit; then a third are uploads."""
        mails = cycle(name for name, _, _ in MAIL_BLOWS)
        yield UPLOAD_BLOW
        for _ in MAIL_BLOWS:
            yield next(mails)
        while True:
            yield UPLOAD_BLOW if self._dice.random() < 0.33 else next(mails)
