"""Who the signed-in buyer is and what its terms are."""

from dataclasses import dataclass
from uuid import UUID

from catalog.domain.terms import Terms
from common.peers import Peers


@dataclass(frozen=True)
class Buyer:
    id: UUID
    name: str
    terms: Terms


def read_buyer(peers: Peers, *, buyer_id: UUID, brand_id: UUID) -> Buyer:
    """Return the brand's buyer, at most 2 s old. Raises NotFound, Unavailable."""
    body = {"buyer_id": str(buyer_id), "brand_id": str(brand_id)}
    answer = peers.ask("identity", "buyers/read", body)
    return Buyer(buyer_id, answer["name"], Terms.of_json(answer["terms"]))


def read_brand_name(peers: Peers, brand_id: UUID) -> str:
    """Return the name that stands over the shop."""
    answer = peers.ask("identity", "brands/read", {"brand_id": str(brand_id)})
    return str(answer["name"])
