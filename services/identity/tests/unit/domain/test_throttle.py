from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.throttle import Failures, TooManyTries, pause_before

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


class TestPauseBefore:
    @pytest.mark.rule("R54")
    def test_nobody_waits_without_reason(self) -> None:
        assert pause_before(Failures(None, None, 9), now=NOON) == timedelta(0)

    @pytest.mark.rule("R54")
    def test_an_account_alone_only_slows(self) -> None:
        assert pause_before(Failures(None, None, 10_000), now=NOON) == timedelta(seconds=1)

    @pytest.mark.rule("R54")
    @pytest.mark.parametrize("which", ["account", "address"])
    def test_the_limit_says_when_to_come_back(self, which: str) -> None:
        at = NOON - timedelta(minutes=5)
        failures = Failures(at, None, 10) if which == "account" else Failures(None, at, 1)
        with pytest.raises(TooManyTries) as refused:
            pause_before(failures, now=NOON)
        assert refused.value.retry_after == 601
