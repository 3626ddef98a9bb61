"""What of a catalog a buyer sees and may order at one moment (R68 to R75, D3, D5, D6, D14)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Access:
    """`reason` says why it is not visible, or not orderable; None when both are given."""

    is_visible: bool
    is_orderable: bool
    reason: str | None
    """catalog_closed, not_granted, not_yet_open or deadline_passed."""


def access_at(
    now: datetime,
    *,
    status: str,
    open_at: datetime | None,
    order_deadline_at: datetime | None,
    is_granted: bool,
) -> Access:
    """Return what a signed-in buyer of the brand may do with the catalog now."""
    if status == "closed":
        return Access(False, False, "catalog_closed")
    if status == "limited" and not is_granted:
        return Access(False, False, "not_granted")
    if open_at is not None and now < open_at:
        return Access(False, False, "not_yet_open")
    if order_deadline_at is not None and now >= order_deadline_at:
        return Access(True, False, "deadline_passed")
    return Access(True, True, None)
