"""The brands' names, asked from identity; an answer may be two seconds old."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from common.peers import Peers


@dataclass(frozen=True)
class Brand:
    brand_id: UUID
    name: str
    maker_name: str
    time_zone: str


def read_brands(peers: Peers, brand_ids: Iterable[UUID]) -> list[Brand]:
    """Return the brands by name. Raises Unavailable."""
    answers = [peers.ask("identity", "brands/read", {"brand_id": str(each)}) for each in brand_ids]
    found = (
        Brand(UUID(one["brand_id"]), one["name"], one["maker_name"], one["time_zone"])
        for one in answers
    )
    return sorted(found, key=lambda brand: brand.name)
