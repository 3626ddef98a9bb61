"""The brand's buyers, as far as staff must tell them apart to choose one."""

from dataclasses import dataclass
from uuid import UUID

from common.peers import Peers

MOST = 20


@dataclass(frozen=True, slots=True)
class FoundBuyer:
    id: str
    name: str
    code: str
    country: str
    currency: str
    language: str


def search_buyers(peers: Peers, brand_id: UUID, text: str) -> list[FoundBuyer]:
    """Return at most 20 of the brand's buyers, newest first. Raises Unavailable."""
    question = {"brand_id": str(brand_id), "text": text.replace("\x00", ""), "limit": MOST}
    found = peers.ask("identity", "buyers/search", question)["buyers"]
    return [
        FoundBuyer(
            each["buyer_id"],
            each["name"],
            each["unique_code"],
            each["country"],
            each["currency"],
            each["language"],
        )
        for each in found
    ]


def read_buyer_name(peers: Peers, buyer_id: UUID, *, brand_id: UUID) -> str:
    """Return the name of the brand's buyer. Raises NotFound, Unavailable."""
    question = {"buyer_id": str(buyer_id), "brand_id": str(brand_id)}
    return str(peers.ask("identity", "buyers/read", question)["name"])
