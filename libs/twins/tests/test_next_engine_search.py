"""Behaviours 40 to 47: the searches."""

import pytest

from twins.clients import NextEngineControl
from twins.testing import Caller, Sheet

SLIP = "receive_order_shop_cut_form_id"


@pytest.fixture
def stocked(caller: Caller, control: NextEngineControl, sheet: Sheet) -> Caller:
    """Five slips, WEB-1 to WEB-5, at rising prices."""
    control.turn(import_mode="manual")
    orders = [
        sheet.row(
            f"WEB-{number}",
            受注数量=str(number),
            商品計=str(1080 * number),
            合計金額=str(1080 * number + 266),
            備考="" if number == 1 else f"メモ{number}",
        )
        for number in range(1, 6)
    ]
    caller.upload(sheet.file(*orders))
    control.tick(2)
    return caller


def found(caller: Caller, **filters: str) -> list[str | None]:
    return [slip[SLIP] for slip in caller.search("receiveorder_base", SLIP, **filters)]


def test_40_fields_are_required_and_must_be_known(stocked: Caller) -> None:
    assert stocked.call("receiveorder_base/search")["result"] == "error"
    assert stocked.call("receiveorder_base/search", fields="nonsense")["result"] == "error"


def test_40_only_the_asked_fields_come(stocked: Caller) -> None:
    [slip] = stocked.search(
        "receiveorder_base", f"{SLIP},  receive_order_total_amount", **{f"{SLIP}-eq": "WEB-1"}
    )

    assert slip == {SLIP: "WEB-1", "receive_order_total_amount": "1346.00"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({f"{SLIP}-eq": "WEB-2"}, "2"),
        ({f"{SLIP}-eq": "web-2"}, ""),
        ({f"{SLIP}-neq": "WEB-2"}, "1345"),
        ({f"{SLIP}-in": "WEB-4, WEB-2"}, "24"),
        ({f"{SLIP}-nin": "WEB-4,WEB-2"}, "135"),
        ({f"{SLIP}-like": "WEB-%"}, "12345"),
        ({f"{SLIP}-like": "%\\_3"}, ""),
        ({f"{SLIP}-like": "___-3"}, "3"),
        ({f"{SLIP}-nlike": "%3"}, "1245"),
        ({"receive_order_note-blank": "1"}, "1"),
        ({"receive_order_note-nblank": "1"}, "2345"),
        ({"receive_order_cancel_date-null": "1"}, "12345"),
        ({"receive_order_cancel_date-nnull": "1"}, ""),
        ({"receive_order_gruoping_tag-nlikeornull": "x"}, "12345"),
        ({"receive_order_goods_amount-eq": "2160"}, "2"),
        ({"receive_order_goods_amount-gt": "2160"}, "345"),
        (
            {"receive_order_goods_amount-gte": "2160.0", "receive_order_goods_amount-lt": "5400"},
            "234",
        ),
        ({"receive_order_shop_id-eq": "2", f"{SLIP}-eq": "WEB-5"}, "5"),
        ({"receive_order_shop_id-eq": "4", f"{SLIP}-eq": "WEB-5"}, ""),
        ({"receive_order_date-gte": "2026-11-23 09:30:15"}, "12345"),
        ({"receive_order_date-gt": "2026/11/23 09:30:15"}, ""),
    ],
)
def test_41_operators_by_type_are_anded(
    stocked: Caller, filters: dict[str, str], expected: str
) -> None:
    assert found(stocked, **filters) == [f"WEB-{number}" for number in expected]


@pytest.mark.parametrize(
    "filters",
    [
        {f"{SLIP}-in": ",".join(["x"] * 1001)},
        {f"{SLIP}-lt": "x"},
        {f"{SLIP}-sounds": "x"},
        {"receive_order_goods_amount-like": "1%"},
        {"receive_order_goods_amount-eq": "many"},
        {"receive_order_date-gt": "yesterday"},
        {"nonsense-eq": "1"},
        {"limit": "0"},
        {"offset": "-1"},
    ],
)
def test_41_what_cannot_be_asked_is_refused(stocked: Caller, filters: dict[str, str]) -> None:
    answer = stocked.call("receiveorder_base/search", fields=SLIP, **filters)

    assert answer["result"] == "error"


def test_42_count_is_the_pages_and_slash_count_the_total(stocked: Caller) -> None:
    page = stocked.call("receiveorder_base/search", fields=SLIP, offset="1", limit="2")
    total = stocked.call("receiveorder_base/count")

    assert [slip[SLIP] for slip in page["data"]] == ["WEB-2", "WEB-3"]
    assert (page["count"], total["count"]) == ("2", "5")


def test_43_every_value_is_a_string_or_null(stocked: Caller) -> None:
    fields = (
        "receive_order_id,receive_order_date,receive_order_cancel_date,receive_order_goods_amount"
    )
    [slip] = stocked.search("receiveorder_base", fields, **{f"{SLIP}-eq": "WEB-1"})

    assert slip["receive_order_date"] == "2026-11-23 09:30:15"
    assert slip["receive_order_goods_amount"] == "1080.00"
    assert slip["receive_order_cancel_date"] is None
    assert isinstance(slip["receive_order_id"], str)


def test_44_the_queue_comes_by_rising_que_id(caller: Caller, sheet: Sheet) -> None:
    numbers = [caller.upload(sheet.file(sheet.row(f"WEB-{n}")))["que_id"] for n in range(3)]
    asked = ",".join(reversed(numbers))

    entries = caller.search("system_que", "que_id,que_method_name", **{"que_id-in": asked})

    assert [entry["que_id"] for entry in entries] == numbers
    assert {entry["que_method_name"] for entry in entries} == {"JYUCHU_CSV"}


def test_45_a_slip_is_found_only_after_its_import(
    caller: Caller, control: NextEngineControl, sheet: Sheet
) -> None:
    control.turn(import_mode="manual")
    caller.upload(sheet.file(sheet.row("WEB-9")))
    control.tick()
    assert found(caller, **{f"{SLIP}-eq": "WEB-9"}) == []

    control.tick()
    assert found(caller, **{f"{SLIP}-eq": "WEB-9"}) == ["WEB-9"]


def test_45_two_slips_may_share_a_number_and_one_be_cancelled(
    caller: Caller, control: NextEngineControl
) -> None:
    control.plant_slip("WEB-9")
    control.plant_slip("WEB-9", cancel_type_id="1")

    slips = caller.search(
        "receiveorder_base", "receive_order_cancel_type_id", **{f"{SLIP}-eq": "WEB-9"}
    )

    assert [slip["receive_order_cancel_type_id"] for slip in slips] == ["0", "1"]


def test_46_patterns_of_every_sort_are_listed(caller: Caller) -> None:
    prefix = "receive_order_upload_pattern_"
    patterns = caller.call("receiveorder_uploadpattern/info")["data"]

    seen = {
        tuple(pattern[prefix + name] for name in ("id", "format_id", "shop_id", "deleted_flag"))
        for pattern in patterns
    }
    assert {
        ("4", "100035", "2", "0"),
        ("11", "90", "2", "0"),
        ("12", "90", "2", "1"),
        ("13", "90", "3", "0"),
    } <= seen


def test_47_shops_tell_their_tax_and_a_deleted_one_is_among_them(caller: Caller) -> None:
    shops = caller.search("master_shop", "shop_id, shop_tax_id, shop_deleted_flag")

    assert {"shop_id": "2", "shop_tax_id": "1", "shop_deleted_flag": "0"} in shops
    assert {"shop_id": "3", "shop_tax_id": "0", "shop_deleted_flag": "0"} in shops
    assert [shop["shop_id"] for shop in shops if shop["shop_deleted_flag"] == "1"] == ["9"]


def test_lines_and_options_are_found_by_slip(stocked: Caller) -> None:
    [slip] = stocked.search("receiveorder_base", "receive_order_id", **{f"{SLIP}-eq": "WEB-3"})
    slip_id = slip["receive_order_id"] or ""

    [line] = stocked.search(
        "receiveorder_row",
        "receive_order_row_goods_id,receive_order_row_quantity,receive_order_row_unit_price",
        **{"receive_order_row_receive_order_id-eq": slip_id},
    )
    assert line == {
        "receive_order_row_goods_id": "TEA-100",
        "receive_order_row_quantity": "3",
        "receive_order_row_unit_price": "1080.00",
    }
    options = stocked.search(
        "receiveorder_option",
        "receive_order_option_noshi",
        **{"receive_order_option_receive_order_id-eq": slip_id},
    )
    assert options == [{"receive_order_option_noshi": ""}]
