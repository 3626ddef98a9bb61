"""Dates as NEXT ENGINE writes them."""

from datetime import datetime, timedelta, timezone

# Japan has had no summer time since 1951, so no time zone database is needed.
JAPAN = timezone(timedelta(hours=9), "JST")


def japan_time(instant: datetime) -> str:
    """Return the instant as NEXT ENGINE writes dates: Japan's local time without a zone."""
    return instant.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")
