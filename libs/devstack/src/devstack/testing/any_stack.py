"""What a test may ask of a running stack, whatever its processes run in."""

from collections.abc import Mapping
from typing import Any, Protocol


class AnyStack(Protocol):
    """Embedded servers and forks (`RunningStack`), or containers (`ContainerStack`)."""

    @property
    def world(self) -> Mapping[str, Any]:
        """What var/demo.json says: addresses and sign-ins."""

    def environment(self, service: str) -> Mapping[str, str]:
        """Return what the service's own processes are told, with addresses as seen from here."""

    def pids(self) -> dict[str, int]:
        """Return the process id by name (`links-web`, `broker`, …), as it is now."""

    def scraped(self) -> list[str]:
        """Return the address of every page that Prometheus would read."""
