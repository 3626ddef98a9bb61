"""Who the signed-in buyer is, what its terms are, and what identity knows of the brand."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from catalog.domain.terms import Terms
from common.peers import Peers


@dataclass(frozen=True)
class Buyer:
    id: UUID
    name: str
    terms: Terms


@dataclass(frozen=True)
class TradeTerm:
    id: UUID
    code: str
    name: str


@dataclass(frozen=True)
class Brand:
    name: str
    default_language: str
    languages: tuple[str, ...]
    currencies: tuple[str, ...]
    trade_terms: tuple[TradeTerm, ...]
    time_zone: str

    def offered(self) -> list[tuple[UUID, str]]:
        """Return every trade term × currency that a price can be for (R61)."""
        return [(term.id, currency) for term in self.trade_terms for currency in self.currencies]


@dataclass(frozen=True)
class NamedBuyer:
    """A buyer as staff chooses it."""

    id: UUID
    name: str
    unique_code: str
    kind: str


def read_buyer(peers: Peers, *, buyer_id: UUID, brand_id: UUID, default_language: str) -> Buyer:
    """Return the brand's buyer, at most 2 s old. Raises NotFound, Unavailable."""
    body = {"buyer_id": str(buyer_id), "brand_id": str(brand_id)}
    answer = peers.ask("identity", "buyers/read", body)
    terms = Terms.of_json(answer["terms"], default_language=default_language)
    return Buyer(buyer_id, answer["name"], terms)


def read_brand(peers: Peers, brand_id: UUID) -> Brand:
    """Return what stands over the shop, at most 2 s old. Raises NotFound, Unavailable."""
    answer = peers.ask("identity", "brands/read", {"brand_id": str(brand_id)})
    return Brand(
        answer["name"],
        answer["default_language"],
        tuple(answer["languages"]),
        tuple(answer["currencies"]),
        tuple(
            TradeTerm(UUID(term["trade_term_id"]), term["code"], term["name"])
            for term in answer["trade_terms"]
        ),
        answer["time_zone"],
    )


def search_buyers(peers: Peers, *, brand_id: UUID, text: str) -> list[NamedBuyer]:
    """Return buyers of the brand that the words mean, at most 50. Raises Unavailable."""
    return _buyers(peers, {"brand_id": str(brand_id), "text": text[:200], "limit": 50})


def name_buyers(
    peers: Peers, *, brand_id: UUID, buyer_ids: Collection[UUID]
) -> dict[UUID, NamedBuyer]:
    """Return these of the brand's buyers; one that is gone is left out. Raises Unavailable."""
    if not buyer_ids:
        return {}
    asked = [str(each) for each in sorted(buyer_ids)]
    found = _buyers(peers, {"brand_id": str(brand_id), "buyer_ids": asked})
    return {each.id: each for each in found}


def _buyers(peers: Peers, body: dict[str, Any]) -> list[NamedBuyer]:
    answer = peers.ask("identity", "buyers/search", body)
    return [
        NamedBuyer(UUID(each["buyer_id"]), each["name"], each["unique_code"] or "", each["kind"])
        for each in answer["buyers"]
    ]
