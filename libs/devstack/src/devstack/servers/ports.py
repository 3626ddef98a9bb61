"""Ports on the loopback interface: which are free, and whose fault it is when one is not."""

import socket
from collections.abc import Iterable

from devstack.trouble import CannotStart

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Return whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_ports(count: int, among: Iterable[int] | None = None) -> list[int]:
    """Return ports that are free now: of `among`, else any that the system gives."""
    if among is not None:
        found = [
            port for port, _ in zip((p for p in among if is_free(p)), range(count), strict=False)
        ]
        if len(found) < count:
            raise CannotStart(f"Fewer than {count} of the ports allowed here are free.")
        return found
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def demand_free(port: int, *, what: str, cure: str) -> None:
    """Raise CannotStart unless the port is free."""
    if not is_free(port):
        raise CannotStart(f"Port {port} for {what} is in use: {cure}.")
