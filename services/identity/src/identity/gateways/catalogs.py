"""What catalog answers about a brand's catalogs, in our types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from common.peers import Peers


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCatalog:
    """A catalog as one buyer sees it now."""

    id: UUID
    name: str
    status: str
    deadline_at: datetime | None
    products: int
    is_orderable: bool


def list_visible_catalogs(
    peers: Peers, *, brand_id: UUID, buyer_id: UUID, language: str
) -> list[SeenCatalog]:
    """Return the brand's catalogs that are open to the buyer. Raises Unavailable."""
    body = {"brand_id": str(brand_id), "catalog_ids": None, "buyer_id": str(buyer_id)}
    answer = peers.ask("catalog", "catalogs/read", body)
    return [_seen(each, language) for each in answer["catalogs"] if each["is_visible"]]


def _seen(said: Mapping[str, Any], language: str) -> SeenCatalog:
    ends = said.get("order_deadline_at")
    return SeenCatalog(
        id=UUID(said["catalog_id"]),
        name=said["names"].get(language) or said["name"],
        status=said["status"],
        deadline_at=datetime.fromisoformat(ends) if ends else None,
        products=said["products"],
        is_orderable=bool(said["is_orderable"]),
    )
