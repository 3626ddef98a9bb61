"""Limits on traffic: by key, with the seconds to wait."""

import pytest

from common.web.traffic import TooMuchTraffic, Traffic


def test_each_key_has_its_own_count_and_is_told_how_long_to_wait() -> None:
    traffic = Traffic()
    for _ in range(3):
        traffic.demand("somebody", per_minute=3)
    with pytest.raises(TooMuchTraffic) as refused:
        traffic.demand("somebody", per_minute=3)
    assert refused.value.retry_after is not None
    assert 1 <= refused.value.retry_after <= 61
    traffic.demand("somebody else", per_minute=3)
