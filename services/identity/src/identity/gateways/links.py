"""What links answers, in our types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from common.peers import Peers
from common.web.backdrop import backdrop


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as it is now: whose it is, whether it opens, and what its gate shows."""

    id: UUID
    token: str
    maker_id: UUID
    brand_id: UUID
    state: str
    passcode_version: int | None
    is_view_only: bool
    background: Mapping[str, Any] | None
    contacts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def resolve_link(peers: Peers, token: str, *, fresh: bool = False) -> Link:
    """Return the link. Raises NotFound for an unknown or deleted one, Unavailable."""
    answer = peers.ask("links", "links/resolve", {"token": token}, fresh=fresh)
    return Link(
        id=UUID(answer["link_id"]),
        token=answer["token"],
        maker_id=UUID(answer["maker_id"]),
        brand_id=UUID(answer["brand_id"]),
        state=answer["state"],
        passcode_version=answer["passcode_version"],
        is_view_only=answer["view_only"],
        background=backdrop(answer.get("background")),
        contacts=list(answer.get("contacts") or []),
    )
