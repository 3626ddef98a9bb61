"""What a buyer may see and order of a catalog, at each moment and status."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.domain.visibility import Access, access_at

NOON = datetime(2027, 1, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ALLOWED = Access(True, True, None)


def access(status: str = "open", **given: Any) -> Access:
    own: dict[str, Any] = {"open_at": None, "order_deadline_at": None, "is_granted": False}
    return access_at(NOON, status=status, **(own | given))


@pytest.mark.rule("R70")
def test_an_open_catalog_needs_no_grant() -> None:
    assert access() == ALLOWED


@pytest.mark.rule("R71")
def test_a_limited_catalog_is_seen_only_with_a_grant() -> None:
    assert access("limited") == Access(False, False, "not_granted")
    assert access("limited", is_granted=True) == ALLOWED


@pytest.mark.rule("R68")
def test_a_closed_catalog_is_seen_by_nobody_with_or_without_a_grant() -> None:
    assert access("closed", is_granted=True) == Access(False, False, "catalog_closed")


@pytest.mark.rule("R69", "R76")
@pytest.mark.parametrize("before", ["open", "limited", "closed"])
def test_only_the_status_of_the_moment_counts(before: str) -> None:
    access(before)
    assert access("open") == ALLOWED


@pytest.mark.rule("R73")
def test_nothing_is_seen_before_the_open_date_and_all_from_it_on() -> None:
    assert access(open_at=NOON + SECOND) == Access(False, False, "not_yet_open")
    assert access(open_at=NOON) == ALLOWED


@pytest.mark.rule("R74", "R75")
def test_from_the_deadline_on_it_is_only_looked_at() -> None:
    assert access(order_deadline_at=NOON + SECOND) == ALLOWED
    assert access(order_deadline_at=NOON) == Access(True, False, "deadline_passed")
