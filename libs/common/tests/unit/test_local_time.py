from datetime import UTC, datetime

import pytest

from common.local_time import LocalTimeRefused, instant_of, local_of

MEANT = [
    ("2026-11-23T09:00", "Asia/Tokyo", "2026-11-23T00:00"),
    ("2026-11-23T09:00", "America/New_York", "2026-11-23T14:00"),
    ("2026-07-23T09:00", "America/New_York", "2026-07-23T13:00"),
    ("2026-03-08T01:59", "America/New_York", "2026-03-08T06:59"),
    ("2026-03-08T03:00", "America/New_York", "2026-03-08T07:00"),
    ("2026-11-01T00:59", "America/New_York", "2026-11-01T04:59"),
    ("2026-11-01T02:00", "America/New_York", "2026-11-01T07:00"),
    ("2026-11-23T09:00", "Pacific/Kiritimati", "2026-11-22T19:00"),
    ("2027-01-01T00:00", "Pacific/Kiritimati", "2026-12-31T10:00"),
    ("2026-12-31T23:59", "Pacific/Pago_Pago", "2027-01-01T10:59"),
    ("2026-11-23T09:00", "Pacific/Pago_Pago", "2026-11-23T20:00"),
]


@pytest.mark.rule("D2", "R22", "R23")
@pytest.mark.parametrize(("local", "zone", "utc"), MEANT)
def test_the_time_typed_is_the_browsers(local: str, zone: str, utc: str) -> None:
    instant = instant_of(local, zone)
    assert instant == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert local_of(instant, zone) == local


@pytest.mark.rule("R23")
def test_an_editor_in_another_zone_meets_the_same_moment() -> None:
    instant = instant_of("2026-11-23T09:00", "Asia/Tokyo")
    seen = local_of(instant, "America/New_York")
    assert seen == "2026-11-22T19:00"
    assert instant_of(seen, "America/New_York") == instant


@pytest.mark.rule("D2")
def test_a_time_that_the_clock_skips_is_refused_with_both_candidates() -> None:
    with pytest.raises(LocalTimeRefused) as refused:
        instant_of("2026-03-08T02:30", "America/New_York")
    assert refused.value.code == "never"
    assert "01:30" in str(refused.value)
    assert "03:30" in str(refused.value)


@pytest.mark.rule("D2")
def test_a_time_that_the_clock_shows_twice_is_refused_with_both_candidates() -> None:
    with pytest.raises(LocalTimeRefused) as refused:
        instant_of("2026-11-01T01:30", "America/New_York")
    assert refused.value.code == "twice"
    assert "UTC-0400" in str(refused.value)
    assert "UTC-0500" in str(refused.value)
    assert refused.value.candidates == (
        "2026-11-01 01:30 (UTC-0400)",
        "2026-11-01 01:30 (UTC-0500)",
    )


@pytest.mark.parametrize(
    ("local", "zone", "code"),
    [
        ("soon", "Asia/Tokyo", "unreadable"),
        ("2026-11-23T09:00+09:00", "Asia/Tokyo", "unreadable"),
        ("1999-12-31T23:59", "Asia/Tokyo", "out_of_range"),
        ("0001-01-01T00:00", "Asia/Tokyo", "out_of_range"),
        ("9999-12-31T23:59", "America/New_York", "out_of_range"),
        ("2026-11-23T09:00", "Mars/Olympus", "unknown_zone"),
        ("2026-11-23T09:00", "../../etc/passwd", "unknown_zone"),
    ],
)
def test_what_cannot_be_read_is_refused(local: str, zone: str, code: str) -> None:
    with pytest.raises(LocalTimeRefused) as refused:
        instant_of(local, zone)
    assert refused.value.code == code
