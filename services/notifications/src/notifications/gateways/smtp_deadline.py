"""An end for a whole conversation: no socket timeout ends a server that drips."""

import contextlib
import smtplib
import socket
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def deadline(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Cut the wire when the time is over; the thread that reads from it finds it ended."""
    watch = threading.Timer(seconds, _cut, [smtp])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _cut(smtp: smtplib.SMTP) -> None:
    """End the connection under its reader, also where TLS is spoken over it."""
    wire = smtp.sock
    if wire is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(wire, socket.SHUT_RDWR)
