"""How a brand stands with NEXT ENGINE, for its page and the API."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import format_timedelta
from sqlalchemy.orm import Session

from checkout.store.next_engine import Shop, find_shop
from checkout.store.slips import count_waiting

SOON = timedelta(hours=36)
"""A sign-in that lasts no longer is worth a warning: it lives three days and renews itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The brand's shop and how many uploads wait for a sign-in."""

    shop: Shop | None
    waiting: int
    now: datetime

    @property
    def state(self) -> str:
        """Of the connection; a pair that has ended needs a person even before a call says so."""
        if self.shop is None:
            return "not_connected"
        if self.shop.refresh_ends_at <= self.now:
            return "reauth_required"
        return self.shop.state

    @property
    def ends_soon(self) -> bool:
        return self.shop is not None and self.shop.refresh_ends_at - self.now < SOON

    @property
    def time_left(self) -> str:
        """How long the sign-in lasts when nothing is called, in the reader's words."""
        if self.shop is None or self.shop.refresh_ends_at <= self.now:
            return ""
        return str(format_timedelta(self.shop.refresh_ends_at - self.now, threshold=1.2))


def standing_of(session: Session, brand_id: UUID, *, now: datetime) -> Standing:
    shop = find_shop(session, brand_id=brand_id)
    return Standing(shop, count_waiting(session, brand_id=brand_id), now)
