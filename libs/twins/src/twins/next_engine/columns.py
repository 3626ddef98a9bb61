"""The 41 columns of the general order CSV, format 90."""

from dataclasses import dataclass

from twins.next_engine import checks
from twins.next_engine.checks import Check


@dataclass(frozen=True)
class Column:
    """A header, whether header and cell must be there, and what the cell may hold."""

    name: str
    check: Check
    required: bool = False


def _must(name: str, check: Check) -> Column:
    return Column(name, check, required=True)


COLUMNS = (
    _must("店舗伝票番号", checks.slip_number),
    _must("受注日", checks.moment),
    _must("受注郵便番号", checks.text(20)),
    _must("受注住所１", checks.text(255)),
    Column("受注住所２", checks.text(255)),
    _must("受注名", checks.text(100)),
    Column("受注名カナ", checks.text(100)),
    Column("受注電話番号", checks.text(20)),
    _must("受注メールアドレス", checks.text(100)),
    _must("発送郵便番号", checks.text(20)),
    _must("発送先住所１", checks.text(255)),
    Column("発送先住所２", checks.text(255)),
    _must("発送先名", checks.text(100)),
    Column("発送先カナ", checks.text(100)),
    _must("発送電話番号", checks.text(20)),
    _must("支払方法", checks.text(50)),
    _must("発送方法", checks.text(50)),
    _must("商品計", checks.whole()),
    _must("税金", checks.whole()),
    _must("発送料", checks.whole()),
    _must("手数料", checks.whole()),
    _must("ポイント", checks.whole()),
    _must("その他費用", checks.whole(lowest=-checks.HIGHEST_AMOUNT)),
    _must("合計金額", checks.whole(lowest=-checks.HIGHEST_AMOUNT)),
    Column("ギフトフラグ", checks.one_of("0", "1")),
    Column("時間帯指定", checks.text()),
    Column("日付指定", checks.day),
    Column("作業者欄", checks.text()),
    Column("備考", checks.text()),
    _must("商品名", checks.text(255)),
    _must("商品コード", checks.text(30)),
    _must("商品価格", checks.whole(lowest=-checks.HIGHEST_AMOUNT)),
    _must("受注数量", checks.whole(lowest=1)),
    Column("商品オプション", checks.text(255)),
    Column("出荷済フラグ", checks.one_of("0", "1")),
    Column("顧客区分", checks.one_of("9")),
    Column("顧客コード", checks.text()),
    Column("消費税率（%）", checks.one_of("8", "10")),
    Column("のし", checks.text()),
    Column("ラッピング", checks.text()),
    Column("メッセージ", checks.text()),
)
