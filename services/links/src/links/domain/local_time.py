"""Which instant a date and time typed in a browser's zone means (R22, R23, D2)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class LocalTimeRefused(ValueError):
    """The words say why; `code` is unknown_zone, unreadable, twice or never."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def instant_of(local: str, zone_name: str) -> datetime:
    """Return the UTC instant of YYYY-MM-DDTHH:MM in that IANA zone. Raises LocalTimeRefused.

    A time that the zone's clock skips or shows twice is refused with both candidates named.
    """
    zone = zone_of(zone_name)
    typed = _read(local)
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    candidates = f"{_named(first)} or {_named(second)}"
    if _goes_round(first, zone):
        raise LocalTimeRefused("twice", f"The clock shows {typed:%H:%M} twice: {candidates}.")
    shown = " or ".join(_named(each.astimezone(UTC).astimezone(zone)) for each in (first, second))
    raise LocalTimeRefused("never", f"The clock skips {typed:%H:%M}: {shown}.")


def local_of(instant: datetime, zone_name: str) -> str:
    """Return the instant as that zone's date and time, as a browser's field holds it."""
    return f"{instant.astimezone(zone_of(zone_name)):%Y-%m-%dT%H:%M}"


def zone_of(name: str) -> ZoneInfo:
    """Return the IANA zone. Raises LocalTimeRefused."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise LocalTimeRefused("unknown_zone", "This time zone is not known.") from unknown


def _read(local: str) -> datetime:
    try:
        typed = datetime.fromisoformat(local)
    except ValueError as wrong:
        raise LocalTimeRefused("unreadable", "Give a date and a time.") from wrong
    if typed.tzinfo is not None:
        raise LocalTimeRefused("unreadable", "Give the date and time without an offset.")
    return typed


def _goes_round(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's clock really shows this time."""
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(
        tzinfo=None
    )


def _named(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} (UTC{moment:%z})"
