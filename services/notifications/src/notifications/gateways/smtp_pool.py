"""Kept SMTP connections: opening one costs more than the mail, above all with TLS."""

import contextlib
import smtplib
import threading
import time
from dataclasses import dataclass, field

from notifications.gateways.smtp_server import SmtpServer

MOST_KEPT = 8
LONGEST_IDLE_SECONDS = 20.0
MOST_MAILS = 100
"""Per connection; many servers end one after so many mails."""


@dataclass
class Connection:
    """A connection and what it has done."""

    smtp: smtplib.SMTP
    mails: int = 0
    was_kept: bool = False
    rested_at: float = field(default_factory=time.monotonic)


class SmtpPool:
    """Connections that are not in use, newest last; any thread may take one."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._kept: list[Connection] = []

    def take(self, *, fresh: bool = False) -> Connection:
        """Return a kept connection or a new one. Raises OSError, SMTPException."""
        while not fresh and (found := self._pop()) is not None:
            if time.monotonic() - found.rested_at < LONGEST_IDLE_SECONDS:
                found.was_kept = True
                return found
            _leave(found.smtp)
        return Connection(self._server.connect())

    def give_back(self, connection: Connection) -> None:
        """Keep the connection for the next mail if it still lives and is not worn out."""
        connection.mails += 1
        if connection.smtp.sock is None:
            return
        if connection.mails >= MOST_MAILS or not _is_ready(connection.smtp):
            _leave(connection.smtp)
            return
        connection.rested_at = time.monotonic()
        with self._lock:
            if len(self._kept) < MOST_KEPT:
                self._kept.append(connection)
                return
        _leave(connection.smtp)

    def close(self) -> None:
        while (connection := self._pop()) is not None:
            _leave(connection.smtp)

    def _pop(self) -> Connection | None:
        with self._lock:
            return self._kept.pop() if self._kept else None


def _is_ready(smtp: smtplib.SMTP) -> bool:
    """Take back whatever was begun; False when the server is gone or out of step."""
    try:
        return smtp.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _leave(smtp: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        smtp.quit()
    smtp.close()
