"""How the brand takes money and what it can ship with, as checkout knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.domain.catalog_rules import RateGroup
from common.peers import Peers


@dataclass(frozen=True)
class NamedRateGroup(RateGroup):
    name: str


@dataclass(frozen=True)
class Ordering:
    can_take_cards: bool
    rate_groups: Sequence[NamedRateGroup]


def read_ordering(peers: Peers, brand_id: UUID) -> Ordering:
    """Return what a catalog of the brand can choose from. Raises Unavailable."""
    answer = peers.ask("checkout", "ordering/read", {"brand_id": str(brand_id)})
    return Ordering(
        bool(answer["stripe_add_on"]),
        [
            NamedRateGroup(
                group["rate_group_id"], group["currency"], group["country"], group["name"]
            )
            for group in answer["rate_groups"]
        ],
    )
