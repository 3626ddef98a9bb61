"""Which instant a date and time typed in a browser's zone means (R22, R23, D2)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST_YEAR, LATEST_YEAR = 2000, 2199


class LocalTimeRefused(ValueError):
    """The words say why; `code` is unknown_zone, unreadable, out_of_range, twice or never."""

    def __init__(self, code: str, words: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.code = code
        self.candidates = candidates
        """For twice and never: the two moments that may be meant."""


def instant_of(local: str, zone_name: str) -> datetime:
    """Return the UTC instant of YYYY-MM-DDTHH:MM in that IANA zone. Raises LocalTimeRefused.

    A time that the zone's clock skips or shows twice is refused with both candidates named.
    """
    zone = zone_of(zone_name)
    typed = _read(local)
    if not EARLIEST_YEAR <= typed.year <= LATEST_YEAR:
        words = f"Give a year from {EARLIEST_YEAR} to {LATEST_YEAR}."
        raise LocalTimeRefused("out_of_range", words)
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if _goes_round(first, zone):
        meant = (_named(first), _named(second))
        words = f"The clock shows this time twice: {meant[0]} or {meant[1]}."
        raise LocalTimeRefused("twice", words, meant)
    meant = (_named(_shown(first, zone)), _named(_shown(second, zone)))
    words = f"The clock skips this time: {meant[0]} or {meant[1]}."
    raise LocalTimeRefused("never", words, meant)


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
    return _shown(moment, zone).replace(tzinfo=None) == moment.replace(tzinfo=None)


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the zone's clock shows at that instant."""
    return moment.astimezone(UTC).astimezone(zone)


def _named(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} (UTC{moment:%z})"
