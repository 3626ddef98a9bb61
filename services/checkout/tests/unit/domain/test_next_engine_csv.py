import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout.domain.next_engine.csv import COLUMNS, digits, slip_file
from checkout.domain.next_engine.slip import Order, Party, Slip, SlipLine, SlipRefused, slips_of

AOYAMA = Party(
    name="青山 花子",
    zip="107-0062",
    address1="東京都港区南青山5-1-1",
    address2="青山ビル 3F",
    phone="03-1234-5678",
    email="hanako@aoyama.example",
)
TEE = SlipLine(
    name="オーガニックTシャツ",
    code="TEE-001-WHT-M",
    unit_price=4080,
    quantity=3,
    option="ホワイト / M",
    tax_percent="10",
)
ORDER = Order(
    number="NORD-00000042",
    currency="JPY",
    submitted_at=datetime(2026, 11, 23, 0, 30, 15, tzinfo=UTC),
    purchaser=AOYAMA,
    consignee=AOYAMA,
    lines=[TEE],
    tax=1224,
    shipping=800,
    payment_label="売掛",
    delivery_label="宅配便",
    note="",
)


def rows_of(slip: Slip) -> list[dict[str, str]]:
    text = slip_file(slip).content.decode("cp932")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.rule("R188")
def test_zip_and_phone_lose_their_hyphens_and_the_date_is_japans() -> None:
    [row] = rows_of(slips_of(ORDER)[0])
    assert row["受注郵便番号"] == row["発送郵便番号"] == "1070062"
    assert row["受注電話番号"] == row["発送電話番号"] == "0312345678"
    assert row["受注日"] == "2026/11/23 09:30:15"
    assert digits("１０７－００６２") == "1070062"


def test_has_41_columns_and_ends_each_line_with_crlf() -> None:
    content = slip_file(slips_of(ORDER)[0]).content
    assert len(COLUMNS) == 41
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_money_adds_up_as_theirs_must() -> None:
    [row] = rows_of(slips_of(ORDER)[0])
    assert int(row["商品計"]) == 4080 * 3
    assert int(row["合計金額"]) == 4080 * 3 + 1224 + 800
    assert row["消費税率（%）"] == "10"


def test_what_cp932_cannot_hold_is_written_visibly_and_said() -> None:
    order = replace(ORDER, purchaser=replace(AOYAMA, name="髙橋 𠮷子—é"))
    file = slip_file(slips_of(order)[0])
    assert file.substituted == {"𠮷", "é"}
    assert "髙橋 〓子―〓" in file.content.decode("cp932")


def test_a_line_break_in_a_name_does_not_break_the_row() -> None:
    order = replace(ORDER, lines=[replace(TEE, name='シャツ\r\n"白", M')])
    [row] = rows_of(slips_of(order)[0])
    assert row["商品名"] == 'シャツ "白", M'


def test_a_missing_required_cell_is_refused_by_name() -> None:
    order = replace(ORDER, purchaser=replace(AOYAMA, email=""))
    with pytest.raises(SlipRefused, match="受注メールアドレス"):
        slip_file(slips_of(order)[0])


@pytest.mark.rule("R182")
def test_an_order_without_address_is_refused_with_the_reason() -> None:
    with pytest.raises(SlipRefused, match="no address"):
        slips_of(replace(ORDER, consignee=None))


def test_other_currencies_stay_out() -> None:
    with pytest.raises(SlipRefused, match="yen only"):
        slips_of(replace(ORDER, currency="USD"))


def test_a_long_sku_number_is_refused_by_name() -> None:
    with pytest.raises(SlipRefused, match="A" * 31):
        slips_of(replace(ORDER, lines=[replace(TEE, code="A" * 31)]))


@given(count=st.integers(1, 320), tax=st.integers(0, 10**7), shipping=st.integers(0, 9999))
def test_slips_together_equal_the_order(count: int, tax: int, shipping: int) -> None:
    lines = [replace(TEE, quantity=1 + i % 7) for i in range(count)]
    order = replace(ORDER, lines=lines, tax=tax, shipping=shipping)
    slips = slips_of(order)
    goods = sum(line.unit_price * line.quantity for line in lines)
    assert [line for slip in slips for line in slip.lines] == lines
    assert all(len(slip.lines) <= 99 for slip in slips)
    assert sum(slip.total for slip in slips) == goods + tax + shipping
    assert [slip.shipping for slip in slips] == [shipping] + [0] * (len(slips) - 1)
    assert [slip.number for slip in slips][:2] == ["NORD-00000042", "NORD-00000042-2"][: len(slips)]
