"""Which port each process of a stack has: the gateway's is asked for, the others are found once."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from devstack.servers.ports import LOOPBACK, demand_free, free_ports, is_free
from devstack.services import SERVICES

INNER = (
    *("postgres", "broker", "cache", "twins", "smtp"),
    *SERVICES,
    *(f"{service}-worker" for service in SERVICES),
)
RANGE = range(18100, 19000)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where everybody listens, on the loopback interface."""

    gateway: int
    inner: dict[str, int]
    """Port by name, of all but the gateway."""

    @property
    def public_url(self) -> str:
        return f"http://{LOOPBACK}:{self.gateway}"

    @property
    def twins_url(self) -> str:
        return self.url("twins")

    @property
    def peers(self) -> dict[str, str]:
        return {service: self.url(service) for service in SERVICES}

    def url(self, name: str) -> str:
        return f"http://{LOOPBACK}:{self.inner[name]}"


def find_addresses(path: Path, *, gateway: int, among: range = RANGE) -> Addresses:
    """Return the ports of the last time, those taken since then replaced. Raises CannotStart."""
    demand_free(
        gateway, what="the gateway", cure="stop what listens there, or say make run PORT=8081"
    )
    kept = {name: port for name, port in _read(path).items() if name in INNER and is_free(port)}
    missing = [name for name in INNER if name not in kept]
    shuffled = random.sample(among, len(among))  # Two stacks that start at once rarely meet.
    free = (port for port in shuffled if port not in kept.values())
    inner = {**kept, **dict(zip(missing, free_ports(len(missing), free), strict=True))}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(inner, indent=2))
    return Addresses(gateway=gateway, inner=inner)


def _read(path: Path) -> dict[str, int]:
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}
