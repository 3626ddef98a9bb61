"""Behaviours 15 to 21: overload, refusals, and answers that never come."""

import time
from typing import Any

import httpx
import pytest

from twins.clients import NextEngineControl
from twins.testing import Caller, Sheet

INFO = "login_company/info"
UPLOAD = "receiveorder_base/upload"
NUMBER = "WEB-00000042"


def test_15_overload_is_refused_at_once_without_wait_flag(
    caller: Caller, control: NextEngineControl
) -> None:
    control.order_fault("overload", seconds=5)
    began = time.monotonic()

    assert caller.call(INFO)["code"] == "003002"
    assert time.monotonic() - began < 1
    assert caller.call(INFO)["result"] == "success"


@pytest.mark.parametrize(("code", "expected"), [("", None), ("003001", "003001")])
def test_15_overload_is_held_with_wait_flag(
    caller: Caller, control: NextEngineControl, code: str, expected: str | None
) -> None:
    control.order_fault("overload", seconds=0.2, code=code)
    began = time.monotonic()

    answer = caller.call(INFO, wait_flag="1")

    assert time.monotonic() - began >= 0.2
    assert answer.get("code") == expected


@pytest.mark.parametrize(
    "code",
    ["003004", "003005", "002007", "002003", "003003", "008003", "008010", "999999"],
)
def test_16_any_code_can_be_ordered_for_the_next_calls(
    caller: Caller, control: NextEngineControl, code: str
) -> None:
    control.order_fault("error", code=code, endpoint=INFO, times=2)

    answers = [caller.call(INFO, wait_flag="1") for _ in range(3)]

    assert [answer.get("code") for answer in answers] == [code, code, None]
    assert "access_token" in answers[0]


def test_16_an_error_can_come_without_tokens(caller: Caller, control: NextEngineControl) -> None:
    control.order_fault("error", code="999999", with_tokens=False)

    assert "access_token" not in caller.call(INFO)


def test_17_accepted_but_the_answer_is_lost(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    control.order_fault("accepted_then_lost", endpoint=UPLOAD)

    with pytest.raises(httpx.RemoteProtocolError):
        caller.upload(sheet.file(sheet.row(NUMBER)))

    control.tick(2)
    assert len(control.slips(slip=NUMBER)) == 1
    [upload] = control.uploads_of(NUMBER)
    assert upload["answer_lost"] is True


def test_18_not_accepted_and_the_answer_is_lost(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    control.order_fault("lost", endpoint=UPLOAD)

    with pytest.raises(httpx.RemoteProtocolError):
        caller.upload(sheet.file(sheet.row(NUMBER)))

    control.tick(2)
    assert control.uploads_of(NUMBER) == []
    assert control.slips(slip=NUMBER) == []


def test_19_a_lost_rotation_leaves_the_client_with_a_dead_pair(
    caller: Caller, control: NextEngineControl
) -> None:
    control.advance_clock(hours=25)
    control.order_fault("accepted_then_lost", endpoint=INFO)

    with pytest.raises(httpx.RemoteProtocolError):
        caller.call(INFO)

    assert caller.call(INFO)["code"] == "002002"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_20_http_errors_are_html(caller: Caller, control: NextEngineControl, status: int) -> None:
    control.order_fault("http_error", status=status)

    response = caller.send(f"api_v1_{INFO}")

    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("executed", [True, False])
def test_20_an_http_error_may_come_after_the_effect(
    caller: Caller, control: NextEngineControl, sheet: Sheet, executed: bool
) -> None:
    control.order_fault("http_error", endpoint=UPLOAD, executed=executed)

    with pytest.raises(ValueError):
        caller.upload(sheet.file(sheet.row(NUMBER)))

    assert len(control.uploads_of(NUMBER)) == int(executed)


@pytest.mark.parametrize(
    ("kind", "body"), [("not_json", b"<html>"), ("empty", b""), ("no_result", b'{"count":"0"}')]
)
def test_20_a_success_that_is_none(
    caller: Caller, control: NextEngineControl, kind: str, body: bytes
) -> None:
    control.order_fault(kind)

    response = caller.send(f"api_v1_{INFO}")

    assert response.status_code == 200
    assert response.content.startswith(body)
    assert b"success" not in response.content


def test_20_a_slow_body_arrives_whole(caller: Caller, control: NextEngineControl) -> None:
    control.order_fault("slow", seconds=0.3)
    began = time.monotonic()

    assert caller.call(INFO)["result"] == "success"
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize("message", [[{"row": 1, "text": "x"}], {"text": "x"}, "x"])
def test_21_message_has_any_shape_and_codes_may_be_unknown(
    caller: Caller, control: NextEngineControl, message: object
) -> None:
    control.order_fault("error", code="777777", message=message)

    answer = caller.call(INFO)

    assert (answer["code"], answer["message"]) == ("777777", message)


def test_faults_can_skip_and_come_every_other_time(
    caller: Caller, control: NextEngineControl
) -> None:
    control.order_fault("error", code="003004", skip=1, every=2, times=None)

    codes = [caller.call(INFO).get("code") for _ in range(5)]

    assert codes == [None, "003004", None, "003004", None]


def test_a_fault_can_be_one_companys(caller: Caller, control: NextEngineControl) -> None:
    control.order_fault("error", code="003004", company="NE_OTHER")

    assert caller.call(INFO)["result"] == "success"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "nonsense"},
        {"kind": "error"},
        {"kind": "slow", "seconds": "2"},
        {"kind": "slow", "x": 1},
    ],
)
def test_a_misspelt_fault_is_refused(control: NextEngineControl, fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        control.order_fault(**fields)
