"""Behaviours 28 to 39: the import worker."""

import time

import pytest

from twins.clients import NextEngineControl
from twins.testing import Caller, Sheet

NUMBER = "WEB-00000042"


@pytest.fixture(autouse=True)
def _manual(control: NextEngineControl) -> None:
    control.turn(import_mode="manual")


def imported(caller: Caller, control: NextEngineControl, file: bytes) -> tuple[str, str]:
    """Upload and import; return the queue's status and message."""
    que_id = caller.upload(file)["que_id"]
    control.tick(2)
    status, message = caller.queue(que_id)
    return status or "", message or ""


def test_28_an_entry_goes_from_0_over_1_to_2(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    que_id = caller.upload(sheet.file(sheet.row()))["que_id"]

    seen = [caller.queue(que_id)[0]]
    for _ in range(2):
        control.tick()
        seen.append(caller.queue(que_id)[0])

    assert seen == ["0", "1", "2"]


def test_28_in_timed_mode_nobody_has_to_tick(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    control.turn(import_mode="timed", import_start_seconds=0.05, import_seconds=0.1)
    que_id = caller.upload(sheet.file(sheet.row()))["que_id"]

    time.sleep(0.12)

    assert caller.queue(que_id)[0] == "2"


def test_28_an_entry_may_be_invisible_at_first(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    control.turn(queue_visible_seconds=30)
    que_id = caller.upload(sheet.file(sheet.row(NUMBER)))["que_id"]
    control.tick(2)

    assert caller.search("system_que", "que_id", **{"que_id-eq": que_id}) == []
    assert len(control.slips(slip=NUMBER)) == 1

    control.turn(queue_visible_seconds=0)
    assert caller.queue(que_id)[0] == "2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_29_utf8_needs_the_switch(
    caller: Caller, control: NextEngineControl, sheet: Sheet, encoding: str
) -> None:
    file = sheet.file(sheet.row(NUMBER), encoding=encoding)

    assert imported(caller, control, file)[0] == "-1"

    control.turn(accept_utf8=True)
    assert imported(caller, control, file)[0] == "2"


def test_29_what_cp932_cannot_hold_fails(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    status, _ = imported(caller, control, sheet.file(sheet.row()) + b"\x81\xff\r\n")

    assert status == "-1"


def test_30_a_missing_required_column_is_named(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    header = [name for name in sheet.row() if name != "受注住所１"]

    assert imported(caller, control, sheet.file(sheet.row(), header=header)) == (
        "-1",
        "受注住所１が存在しません",
    )


def test_30_order_is_free_optional_may_be_absent_unknown_is_ignored(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    absent = {"備考", "のし", "消費税率（%）"}
    header = ["謎の列", *reversed([name for name in sheet.row() if name not in absent])]

    assert imported(caller, control, sheet.file(sheet.row(), header=header))[0] == "2"


def test_30_half_width_headers_need_the_lenient_mode(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    good = sheet.row()
    narrow = {name.replace("１", "1"): value for name, value in good.items()}
    file = sheet.file(narrow)

    assert imported(caller, control, file)[0] == "-1"

    control.turn(strict_headers=False)
    assert imported(caller, control, file)[0] == "2"


def test_31_rows_of_one_number_are_one_slip_headed_by_the_first(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    amounts = {"商品計": "2460", "合計金額": "2726"}
    first = sheet.row(NUMBER, **amounts)
    second = sheet.row(
        NUMBER, 商品コード="CUP-01", 商品価格="300", 受注数量="1", 受注名="別人", **amounts
    )

    assert imported(caller, control, sheet.file(first, second))[0] == "2"

    [slip] = control.slips(slip=NUMBER)
    assert slip["receive_order_purchaser_name"] == "例示 太郎"
    assert slip["receive_order_total_amount"] == "2726.00"
    assert [line["receive_order_row_goods_id"] for line in slip["lines"]] == ["TEA-100", "CUP-01"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("店舗伝票番号", "WEB_42"),
        ("店舗伝票番号", "W" * 31),
        ("受注日", "2026-11-23 09:30:15"),
        ("受注日", "2026/02/30 09:30:15"),
        ("受注日", "2026/11/23"),
        ("受注住所１", ""),
        ("受注名", "名" * 101),
        ("受注メールアドレス", ""),
        ("発送先住所１", ""),
        ("支払方法", ""),
        ("商品計", "2,160"),
        ("商品計", "２１６０"),
        ("税金", ""),
        ("発送料", "550.5"),
        ("手数料", "-1"),
        ("合計金額", "1000000001"),
        ("日付指定", "2026年11月23日"),
        ("ギフトフラグ", "2"),
        ("商品コード", "S" * 31),
        ("受注数量", "0"),
        ("受注数量", "-1"),
        ("出荷済フラグ", "x"),
        ("顧客区分", "1"),
        ("消費税率（%）", "9"),
    ],
)
def test_32_a_bad_cell_fails_with_row_and_column(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    column: str,
    cell: str,
) -> None:
    good = sheet.row("GOOD-1", 商品計="2160")
    bad = sheet.row(NUMBER) | {column: cell}

    status, message = imported(caller, control, sheet.file(good, bad))

    assert status == "-1"
    assert message.startswith(f"3行目 {column} ")
    assert control.slips() == []


@pytest.mark.parametrize(
    ("column", "cell"), [("商品計", "2161"), ("合計金額", "2427"), ("税金", "1"), ("ポイント", "5")]
)
def test_32_amounts_that_do_not_add_up_fail_unless_switched(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    column: str,
    cell: str,
) -> None:
    file = sheet.file(sheet.row(NUMBER) | {column: cell})

    assert imported(caller, control, file)[0] == "-1"

    control.turn(check_totals=False)
    assert imported(caller, control, file)[0] == "2"


def test_32_a_shop_with_prices_including_tax_wants_no_tax(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    que_id = caller.upload(sheet.file(sheet.row(NUMBER)), pattern="13")["que_id"]
    control.tick(2)

    status, message = caller.queue(que_id)
    assert status == "-1"
    assert message is not None
    assert "税金" in message


@pytest.mark.parametrize(("lines", "status"), [(99, "2"), (100, "-1")])
def test_33_an_order_has_at_most_99_lines(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    lines: int,
    status: str,
) -> None:
    amounts = {"商品計": str(2160 * lines), "合計金額": str(2160 * lines + 266)}
    file = sheet.file(*[sheet.row(NUMBER, **amounts)] * lines)

    assert imported(caller, control, file)[0] == status


def test_33_a_file_has_at_most_1000_rows_unless_switched(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    file = sheet.file(*[sheet.row(f"WEB-{number}") for number in range(1001)])

    assert imported(caller, control, file)[0] == "-1"

    control.turn(max_rows=None)
    assert imported(caller, control, file)[0] == "2"


def test_34_hyphens_leave_postal_codes_and_phone_numbers(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    imported(caller, control, sheet.file(sheet.row(NUMBER)))

    [slip] = control.slips(slip=NUMBER)
    assert slip["receive_order_consignee_zip_code"] == "1000001"
    assert slip["receive_order_purchaser_tel"] == "0312345678"


@pytest.mark.parametrize(("duplicate", "status"), [("fail", "-1"), ("skip", "2")])
def test_35_a_number_makes_one_slip_in_a_shop(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    duplicate: str,
    status: str,
) -> None:
    control.turn(duplicate=duplicate)
    imported(caller, control, sheet.file(sheet.row(NUMBER)))

    again = imported(caller, control, sheet.file(sheet.row(NUMBER, 受注名="別人")))

    assert again[0] == status
    [slip] = control.slips(slip=NUMBER)
    assert slip["receive_order_purchaser_name"] == "例示 太郎"


def test_35_another_shop_may_have_the_same_number(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    for pattern in ("11", "14"):
        caller.upload(sheet.file(sheet.row(NUMBER)), pattern=pattern)
    control.tick(2)

    assert [slip["receive_order_shop_id"] for slip in control.slips(slip=NUMBER)] == ["2", "4"]


def test_36_two_uploads_before_the_import_make_one_slip(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    numbers = [caller.upload(sheet.file(sheet.row(NUMBER)))["que_id"] for _ in range(2)]
    control.tick(2)

    assert [caller.queue(number)[0] for number in numbers] == ["2", "-1"]
    assert len(control.slips(slip=NUMBER)) == 1
    assert len(control.uploads_of(NUMBER)) == 2


@pytest.mark.parametrize(("mode", "created"), [("nothing", []), ("good_ones", ["GOOD-1"])])
def test_37_one_bad_order_fails_the_file_with_or_without_the_good_ones(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    mode: str,
    created: list[str],
) -> None:
    control.turn(bad_order=mode)

    status, _ = imported(
        caller, control, sheet.file(sheet.row("GOOD-1"), sheet.row("BAD-1", 受注数量="0"))
    )

    assert status == "-1"
    assert [slip["receive_order_shop_cut_form_id"] for slip in control.slips()] == created


@pytest.mark.parametrize(
    "changes", [{"支払方法": "物々交換"}, {"発送方法": "伝書鳩"}, {"商品コード": "NEW-1"}]
)
def test_38_the_unknown_waits_for_a_person(
    caller: Caller,
    control: NextEngineControl,
    sheet: Sheet,
    changes: dict[str, str],
) -> None:
    control.set_goods(["TEA-100"])

    assert (
        imported(caller, control, sheet.file(sheet.row("OK-1"), sheet.row(NUMBER, **changes)))[0]
        == "2"
    )

    assert control.slips(slip="OK-1")[0]["receive_order_confirm_check_id"] == "0"
    assert control.slips(slip=NUMBER)[0]["receive_order_confirm_check_id"] == "1"
    control.set_goods(None)


def test_39_a_shipped_order_is_closed(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    imported(caller, control, sheet.file(sheet.row(NUMBER, 出荷済フラグ="1")))

    assert control.slips(slip=NUMBER)[0]["receive_order_order_status_id"] == "50"
