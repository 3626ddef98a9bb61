"""The filters of the order list, as its form and its links carry them."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from checkout.deps import deps
from checkout.gateways.identity import read_brand
from checkout.store.order_search import UPLOADS, Wanted
from common.errors import NotFound, Unavailable

NAMES = ("q", "upload", "brand", "link", "from", "to")


def filters_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Return every filter as it was sent, "" where it was not."""
    return {name: (sent.get(name) or "").replace("\x00", "").strip()[:40] for name in NAMES}


def wanted_by(filters: Mapping[str, str], brand_ids: Collection[UUID]) -> Wanted:
    """Return what the filters ask for; one that cannot be read filters nothing.

    Days are those of the maker's zone (D2); both ends belong to the span.
    """
    brand = _uuid(filters["brand"])
    first, last = _day(filters["from"]), _day(filters["to"])
    zone = _zone(brand_ids) if first or last else None
    return Wanted(
        brand_ids=[each for each in brand_ids if brand in (None, each)],
        number=filters["q"],
        upload=filters["upload"] if filters["upload"] in UPLOADS else None,
        link_id=_uuid(filters["link"]),
        since=_begin(first, zone) if first else None,
        until=_begin(last + timedelta(days=1), zone) if last and last < date.max else None,
    )


def _zone(brand_ids: Collection[UUID]) -> ZoneInfo | None:
    try:
        return ZoneInfo(read_brand(deps().peers, next(iter(brand_ids))).time_zone)
    except (NotFound, Unavailable, StopIteration):
        return None


def _begin(day: date, zone: ZoneInfo | None) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone or UTC).astimezone(UTC)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
