"""Where webhooks may go, and when an event waits for an earlier one."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from common.errors import Invalid
from notifications.domain.targets import checked_url, is_allowed, is_public
from notifications.domain.webhooks import must_wait

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:a00:1::",
    ],
)  # fmt: skip
def test_an_address_inside_is_never_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_outside_is(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_trial_may_reach_loopback_and_nothing_else_inside() -> None:
    assert is_allowed(ip_address("127.0.0.1"), allow_loopback=True)
    assert not is_allowed(ip_address("10.0.0.1"), allow_loopback=True)


@pytest.mark.parametrize(
    "url",
    [
        "", "erp", "http://erp.example/", "ftp://erp.example/", "https://", "https://10.0.0.1/",
        "https://[::1]/", "https://127.0.0.1/", "https://u:p@erp.example/", "https://erp.example/#a",
        "https://erp.example:99999/", "https://erp example/", "https://erp.example/\n", "https://[x/",
    ],
)  # fmt: skip
def test_what_cannot_be_a_target_is_refused_when_it_is_saved(url: str) -> None:
    if url.endswith("\n"):
        assert checked_url(url, allow_loopback=False) == url.strip()
        return
    with pytest.raises(Invalid):
        checked_url(url, allow_loopback=False)


def waits(producer: str, seq: int, newest: dict[str, int], minutes: int = 0) -> bool:
    then = NOW - timedelta(minutes=minutes)
    return must_wait(producer=producer, seq=seq, newest=newest, occurred_at=then, now=NOW)


def test_an_event_waits_for_the_ones_before_it_but_not_for_ever() -> None:
    assert not waits("checkout", 1, {})
    assert waits("checkout", 3, {"checkout": 1})
    assert not waits("checkout", 3, {"checkout": 2})
    assert waits("identity", 1, {})
    assert not waits("identity", 1, {"checkout": 1})
    assert not waits("checkout", 3, {"checkout": 1}, minutes=11)


def test_an_event_waits_for_none_that_its_producer_forgot_or_leapt_over() -> None:
    assert not waits("checkout", 10_002, {"checkout": 1})
    assert not waits("checkout", 10_002, {"checkout": 4})  # Forgot 2, 3 and 4.
    assert not waits("checkout", 20_003, {"checkout": 10_004})
    assert not waits("checkout", 3, {"checkout": 10_004})  # Of the time before, late.
    assert waits("checkout", 10_004, {"checkout": 10_002})
    assert waits("checkout", 10_003, {"checkout": 1})  # 2 is still to come, of either time.
    assert waits("checkout", 10_002, {})
