from datetime import UTC, datetime, timedelta

import pytest

from links.domain.gate import GateState, Status, state_at

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def state(now: datetime, **given: object) -> GateState:
    limits = {"status": Status.OPEN, "release_at": None, "expires_at": None} | given
    return state_at(now, **limits)  # type: ignore[arg-type]


@pytest.mark.rule("R17", "R19", "R21")
def test_without_limits_it_is_open() -> None:
    assert state(NOON) is GateState.OPEN
    assert state(NOON, release_at=NOON - A_MOMENT) is GateState.OPEN
    assert state(NOON, expires_at=NOON + A_MOMENT) is GateState.OPEN


@pytest.mark.rule("D3", "R18", "R24")
def test_it_opens_at_the_release_and_not_before() -> None:
    assert state(NOON - A_MOMENT, release_at=NOON) is GateState.NOT_YET_RELEASED
    assert state(NOON, release_at=NOON) is GateState.OPEN


@pytest.mark.rule("D3", "R12", "R20", "R24")
def test_it_ends_at_the_expiration() -> None:
    assert state(NOON - A_MOMENT, expires_at=NOON) is GateState.OPEN
    assert state(NOON, expires_at=NOON) is GateState.EXPIRED


@pytest.mark.rule("R9", "R10")
def test_void_wins_over_every_limit() -> None:
    assert state(NOON, status=Status.VOID, expires_at=NOON) is GateState.VOID
