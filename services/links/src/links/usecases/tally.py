"""Openings of links, counted beside the answer: gathered for a second, then written together."""

import threading
from collections import Counter
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database
from links.domain.steps import Step
from links.store.steps import LinkKey, add_step

log = structlog.get_logger()
PAUSE_SECONDS = 1.0
Key = tuple[LinkKey, datetime]


class Tally:
    """What a web process has still to write. A killed process loses a second of openings."""

    def __init__(self, database: Database, pause: float = PAUSE_SECONDS) -> None:
        self._database = database
        self._pause = pause
        self._lock = threading.Lock()
        self._openings: Counter[Key] = Counter()
        self._timer: threading.Timer | None = None

    def note_opening(self, link: LinkKey, *, at: datetime) -> None:
        """Remember an opening; it is written soon, by a thread of its own."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._openings[link, hour] += 1
            if self._timer is None:
                self._timer = threading.Timer(self._pause, self.write)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Write what was gathered; what cannot be written is said and kept for the next time."""
        with self._lock:
            gathered, self._openings, self._timer = self._openings, Counter(), None
        for key, times in gathered.items():
            link, hour = key
            try:
                with self._database.transaction(link.maker_id) as session:
                    add_step(session, Step.OPENED, link, at=hour, times=times)
            except SQLAlchemyError:
                log.warning("openings not counted", link_id=str(link.link_id), times=times)
                with self._lock:
                    self._openings[key] += times
