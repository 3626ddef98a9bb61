"""When a link lets people in (R9 to R24, D3). Source: the product page, "Access Control"."""

from datetime import datetime
from enum import Enum


class Status(Enum):
    """What staff says of a link; Deleted is for ever (R9 to R11)."""

    OPEN = "open"
    VOID = "void"
    DELETED = "deleted"


class GateState(Enum):
    """What the gate is at one moment."""

    OPEN = "open"
    VOID = "void"
    NOT_YET_RELEASED = "not_yet_released"
    EXPIRED = "expired"


def state_at(
    now: datetime,
    *,
    status: Status,
    release_at: datetime | None,
    expires_at: datetime | None,
) -> GateState:
    """Return the gate's state: half-open, `release_at <= now < expires_at` is open (R24, D3)."""
    if status is not Status.OPEN:
        return GateState.VOID
    if release_at is not None and now < release_at:
        return GateState.NOT_YET_RELEASED
    if expires_at is not None and now >= expires_at:
        return GateState.EXPIRED
    return GateState.OPEN
