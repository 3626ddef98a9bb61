"""Behaviours 22 to 27: what an upload checks, and what it leaves to the queue."""

import gzip

import pytest

from twins.clients import NextEngineControl
from twins.testing import Caller, Sheet

UPLOAD = "receiveorder_base/upload"
NUMBER = "WEB-00000042"


@pytest.fixture(autouse=True)
def _manual(control: NextEngineControl) -> None:
    control.turn(import_mode="manual")


def test_22_cp932_bytes_survive(caller: Caller, control: NextEngineControl, sheet: Sheet) -> None:
    file = sheet.file(sheet.row(NUMBER, 備考="髙﨑①Ⅱ㈱～－+&=%"))

    que_id = caller.upload(file)["que_id"]

    assert control.uploaded_file(que_id).encode("cp932") == file


@pytest.mark.parametrize("missing", ["receive_order_upload_pattern_id", "data_type_1", "data_1"])
def test_23_a_missing_parameter_queues_nothing(
    caller: Caller, control: NextEngineControl, sheet: Sheet, missing: str
) -> None:
    whole = {
        "receive_order_upload_pattern_id": "11",
        "data_type_1": "csv",
        "data_1": sheet.file(sheet.row()),
    }
    whole.pop(missing)

    assert caller.call(UPLOAD, **whole)["result"] == "error"
    assert control.uploads() == []


def test_23_another_data_type_is_refused(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    assert caller.upload(sheet.file(sheet.row()), kind="xlsx")["result"] == "error"
    assert control.uploads() == []


@pytest.mark.parametrize("pattern", ["999", "12", "2"])
def test_24_an_unknown_or_disabled_pattern_is_refused(
    caller: Caller, sheet: Sheet, pattern: str
) -> None:
    answer = caller.upload(sheet.file(sheet.row()), pattern=pattern)

    assert answer["result"] == "error"
    assert "存在しない受注一括登録パターン" in answer["message"]


def test_25_gzip_is_unpacked(caller: Caller, control: NextEngineControl, sheet: Sheet) -> None:
    caller.upload(gzip.compress(sheet.file(sheet.row(NUMBER))), kind="gz")
    control.tick(2)

    assert len(control.slips(slip=NUMBER)) == 1


@pytest.mark.parametrize("file", [b"not gzip", gzip.compress(b"x" * 999)[:-9]])
def test_25_a_broken_gzip_fails_where_the_switch_says(
    caller: Caller, control: NextEngineControl, file: bytes
) -> None:
    assert caller.upload(file, kind="gz")["result"] == "error"

    control.turn(broken_gzip="queue")
    que_id = caller.upload(file, kind="gz")["que_id"]
    control.tick(2)
    assert caller.queue(que_id)[0] == "-1"


def test_26_success_means_queued_and_no_slip_yet(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    first = caller.upload(sheet.file(sheet.row("WEB-1")))["que_id"]
    second = caller.upload(sheet.file(sheet.row("WEB-2")))["que_id"]

    assert isinstance(first, str)
    assert int(second) > int(first)
    assert caller.queue(first)[0] == "0"
    assert control.slips() == []


def test_27_content_is_judged_by_the_queue_alone(
    caller: Caller, control: NextEngineControl
) -> None:
    answer = caller.upload(b"nothing like an order")
    assert answer["result"] == "success"

    control.tick(2)
    assert caller.queue(answer["que_id"]) == ("-1", "店舗伝票番号が存在しません")
