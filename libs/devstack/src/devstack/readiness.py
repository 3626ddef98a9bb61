"""Whether a process of the stack is ready to be used."""

import http.client
from collections.abc import Callable

from devstack.servers.ports import LOOPBACK


def answers_http(port: int, path: str) -> Callable[[], bool]:
    """Return a question: does GET answer 200 there?"""

    def ask() -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=3)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (TimeoutError, OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return ask


def at_once() -> bool:
    """Say yes: nobody waits for this one."""
    return True
