"""Openings of links, counted beside the answer: gathered for a second, then written together."""

import threading
import time
from _thread import start_new_thread
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

import structlog
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database
from links.domain.steps import Step
from links.store.steps import LinkKey, add_step, was_seen
from links.usecases.count_step import visitor_of

log = structlog.get_logger()
PAUSE_SECONDS = 1.0
OVERDUE_SECONDS = 10.0
"""After which a writer counts as never born."""
MOST_KEPT = 10_000
"""Kinds of openings kept while the database is away; more are not counted."""


class Opening(NamedTuple):
    """A gate asked for; `browser` when the browser was on some page of ours before."""

    link: LinkKey
    at: datetime
    browser: str | None


class Tally:
    """What a web process has still to write. A killed process loses a second of openings."""

    def __init__(self, database: Database, pause: float = PAUSE_SECONDS) -> None:
        self._database = database
        self._pause = pause
        self._lock = threading.Lock()
        self._openings: Counter[Opening] = Counter()
        self._expected_until = 0.0
        """Until when the writer that was started last must have written."""

    def note_opening(self, link: LinkKey, *, at: datetime, browser: str | None) -> None:
        """Remember an opening; it is written soon, by a thread of its own."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        opening = Opening(link, at if browser else hour, browser)
        with self._lock:
            self._keep({opening: 1})
            is_expected = time.monotonic() < self._expected_until
            if not is_expected:
                self._expected_until = time.monotonic() + self._pause + OVERDUE_SECONDS
        if not is_expected:
            # threading.Thread would wait for the birth, for ever where memory is short.
            with suppress(RuntimeError):
                start_new_thread(self._write_soon, ())

    def write(self) -> None:
        """Write what was gathered; what cannot be written is said and kept for the next time."""
        with self._lock:
            gathered, self._openings, self._expected_until = self._openings, Counter(), 0.0
        for opening, times in gathered.items():
            try:
                self._write(opening, times)
            except SQLAlchemyError:
                log.warning("openings not counted", link_id=str(opening.link.link_id), times=times)
                with self._lock:
                    self._keep({opening: times})

    def _write_soon(self) -> None:
        time.sleep(self._pause)
        self.write()

    def _write(self, opening: Opening, times: int) -> None:
        """Count the openings, unless by somebody who has been seen on this link: no machine."""
        link, at, browser = opening
        with self._database.transaction(link.maker_id) as session:
            if browser:
                visitor = visitor_of(link.link_id, browser)
                if was_seen(session, link, visitor=visitor, before=at):
                    return
            add_step(session, Step.OPENED, link, at=at, times=times)

    def _keep(self, openings: Mapping[Opening, int]) -> None:
        if len(self._openings) < MOST_KEPT:
            self._openings.update(openings)
