"""Whether a buyer may be deleted (R166)."""

from dataclasses import dataclass
from enum import StrEnum

from common.errors import Conflict


class Fate(StrEnum):
    DELETED = "deleted"
    CONNECTED = "connected"
    HAS_ORDERS = "has_orders"
    INVITATION_PENDING = "invitation_pending"
    UNKNOWN = "unknown"


SENTENCES = {
    Fate.CONNECTED: "This buyer belongs to a customer and cannot be deleted.",
    Fate.HAS_ORDERS: "This buyer has orders and cannot be deleted.",
    Fate.INVITATION_PENDING: "This buyer has a pending invitation and cannot be deleted.",
}


class CannotDelete(Conflict):
    """The buyer stays; `code` says why."""

    code = "buyer_kept"
    rule = "R166"


@dataclass(frozen=True, slots=True)
class Ties:
    """What a buyer is tied by."""

    is_offline: bool
    has_orders: bool
    has_pending_invitation: bool


def fate_of(ties: Ties) -> Fate:
    """Return DELETED if nothing keeps the buyer, else the first reason that does."""
    if not ties.is_offline:
        return Fate.CONNECTED
    if ties.has_orders:
        return Fate.HAS_ORDERS
    return Fate.INVITATION_PENDING if ties.has_pending_invitation else Fate.DELETED
