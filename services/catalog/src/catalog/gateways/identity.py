"""Who the signed-in buyer is, what its terms are, and what identity knows of the brand."""

from dataclasses import dataclass
from uuid import UUID

from catalog.domain.terms import Terms
from common.peers import Peers


@dataclass(frozen=True)
class Buyer:
    id: UUID
    name: str
    terms: Terms


@dataclass(frozen=True)
class Brand:
    name: str
    default_language: str


def read_buyer(peers: Peers, *, buyer_id: UUID, brand_id: UUID, default_language: str) -> Buyer:
    """Return the brand's buyer, at most 2 s old. Raises NotFound, Unavailable."""
    body = {"buyer_id": str(buyer_id), "brand_id": str(brand_id)}
    answer = peers.ask("identity", "buyers/read", body)
    terms = Terms.of_json(answer["terms"], default_language=default_language)
    return Buyer(buyer_id, answer["name"], terms)


def read_brand(peers: Peers, brand_id: UUID) -> Brand:
    """Return what stands over the shop, at most 2 s old. Raises NotFound, Unavailable."""
    answer = peers.ask("identity", "brands/read", {"brand_id": str(brand_id)})
    return Brand(answer["name"], answer["default_language"])
