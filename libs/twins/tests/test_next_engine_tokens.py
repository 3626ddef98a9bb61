"""Behaviours 5 to 14: pairs, their lives and their one rotation."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from twins.clients import NextEngineControl
from twins.next_engine.tokens import Sessions, read_token
from twins.testing import Caller

INFO = "login_company/info"


def test_05_a_valid_pair_is_echoed_with_the_same_end_dates(caller: Caller) -> None:
    first, second = caller.call(INFO), caller.call(INFO)

    assert tokens_of(first) == tokens_of(second)


def test_06_the_first_call_after_a_day_runs_and_carries_a_new_pair(
    caller: Caller, control: NextEngineControl
) -> None:
    old = dict(caller.pair)
    now = control.freeze_clock()
    now = control.advance_clock(hours=24, seconds=1)

    answer = caller.call(INFO)

    assert answer["result"] == "success"
    assert caller.pair["access_token"] != old["access_token"]
    assert caller.pair["refresh_token"] != old["refresh_token"]
    assert_ends(answer["access_token_end_date"], now + timedelta(days=1))
    assert_ends(answer["refresh_token_end_date"], now + timedelta(days=3))


def test_07_the_old_pair_is_dead_after_the_rotation(
    caller: Caller, control: NextEngineControl
) -> None:
    old = replace(caller, pair=dict(caller.pair))
    control.advance_clock(hours=25)
    caller.call(INFO)

    answer = old.call(INFO)

    assert answer["code"] == "002002"
    assert "access_token" not in answer
    assert caller.call(INFO)["result"] == "success"


def test_08_of_two_parallel_calls_one_rotates(caller: Caller, control: NextEngineControl) -> None:
    control.advance_clock(hours=25)
    twice = [replace(caller, pair=dict(caller.pair)) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: each.call(INFO), twice))

    assert sorted(answer.get("code", "") for answer in answers) == ["", "002002"]


@pytest.mark.parametrize("endpoint", ["receiveorder_base/upload", "receiveorder_base/search"])
def test_09_a_refused_call_rotates_too(
    caller: Caller, control: NextEngineControl, endpoint: str
) -> None:
    old = dict(caller.pair)
    control.advance_clock(hours=25)

    answer = caller.call(endpoint)

    assert answer["result"] == "error"
    assert caller.pair != old
    assert caller.call(INFO)["result"] == "success"


def test_09_an_overload_rotates_too(caller: Caller, control: NextEngineControl) -> None:
    old = dict(caller.pair)
    control.advance_clock(hours=25)
    control.order_fault("overload")

    assert caller.call(INFO)["code"] == "003002"
    assert caller.pair != old


def test_10_expired_without_a_refresh_token_is_a_redirect(
    caller: Caller, control: NextEngineControl
) -> None:
    control.advance_clock(hours=25)
    caller.pair.pop("refresh_token")

    answer = caller.call(INFO)

    assert answer["result"] == "redirect"
    assert "access_token" not in answer


def test_11_both_expired_is_002004_without_tokens(
    caller: Caller, control: NextEngineControl
) -> None:
    control.advance_clock(hours=72, seconds=1)

    answer = caller.call(INFO)
    assert (answer["result"], answer["code"]) == ("error", "002004")
    assert "access_token" not in answer

    control.turn(expired_result="redirect")
    assert caller.call(INFO)["result"] == "redirect"


def test_12_no_token_and_a_random_token(caller: Caller) -> None:
    caller.pair = {}
    assert caller.call(INFO)["code"] == "002001"

    caller.pair = {"access_token": "at_random", "refresh_token": "rt_random"}
    assert caller.call(INFO)["code"] == "002002"


def test_13_a_new_login_ends_the_pair_unless_switched(
    caller: Caller, control: NextEngineControl
) -> None:
    control.turn(login_replaces_pair=False)
    control.issue_tokens()
    assert caller.call(INFO)["result"] == "success"

    control.turn(login_replaces_pair=True)
    control.issue_tokens()
    assert caller.call(INFO)["code"] == "002002"


def test_13_another_person_keeps_another_pair(caller: Caller, control: NextEngineControl) -> None:
    control.issue_tokens(uid="u-other")

    assert caller.call(INFO)["result"] == "success"


def test_14_end_dates_are_japans_without_a_zone(caller: Caller) -> None:
    now = datetime.now(ZoneInfo("Asia/Tokyo"))

    assert_ends(caller.call(INFO)["access_token_end_date"], now + timedelta(days=1))


def test_a_restarted_twin_takes_the_pair_it_once_issued() -> None:
    """A restart forgets all; without this, every connected client would need a new login."""
    now = datetime.now(ZoneInfo("UTC"))
    pair = Sessions("NE_EXAMPLE_1").log_in("u-1", now=now, replaces=True)
    claims = read_token(pair.access)
    assert claims is not None

    adopted = Sessions("NE_EXAMPLE_1").use(claims, pair.access, pair.refresh, now=now)

    assert adopted == pair


def assert_ends(text: str, expected: datetime) -> None:
    japan = expected.astimezone(ZoneInfo("Asia/Tokyo")).replace(tzinfo=None)
    assert abs(datetime.strptime(text, "%Y-%m-%d %H:%M:%S") - japan) < timedelta(seconds=5)


def tokens_of(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if "token" in name}
