"""The events that links publishes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from common.delivery import Event


@dataclass(frozen=True, kw_only=True)
class LinkChanged(Event):
    """A link was made, edited, or its status changed. Read by: checkout (payment pages)."""

    name: ClassVar[str] = "links.link_changed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("checkout",)

    link_id: UUID
    version: int
    change: str
    """created, edited, status or deleted."""
    status: str
