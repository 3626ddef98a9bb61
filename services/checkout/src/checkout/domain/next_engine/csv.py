"""The 汎用 order CSV: 41 columns, CP932, CRLF, one row a line (format id 90).

Source: manual.next-engine.net …/juchu_hanyo/5552/ (columns, lengths of 1 to 12).
"""

import csv
import io
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from checkout.domain.next_engine.slip import Slip, SlipLine, SlipRefused

JAPAN = ZoneInfo("Asia/Tokyo")
ENCODINGS = ("cp932", "utf-8")
"""What their importer was seen to take; the first is the safe one."""
UNKNOWN = "〓"
MAPPED = str.maketrans(
    {"\u2014": "\u2015", "\u00a0": " ", "\u2212": "－", "\u301c": "～", "\u2016": "∥"}
)
REQUIRED = (
    "受注郵便番号",
    "受注住所１",
    "受注名",
    "受注メールアドレス",
    "発送先名",
    "商品名",
    "商品コード",
)
LENGTHS = {
    "店舗伝票番号": 30, "受注郵便番号": 20, "受注住所１": 255, "受注住所２": 255, "受注名": 100,
    "受注電話番号": 20, "受注メールアドレス": 100, "発送郵便番号": 20, "発送先住所１": 255,
    "発送先住所２": 255, "発送先名": 100, "発送電話番号": 20, "商品名": 255, "商品オプション": 255,
}  # fmt: skip
COLUMNS = (
    "店舗伝票番号", "受注日", "受注郵便番号", "受注住所１", "受注住所２", "受注名", "受注名カナ",
    "受注電話番号", "受注メールアドレス", "発送郵便番号", "発送先住所１", "発送先住所２", "発送先名",
    "発送先カナ", "発送電話番号", "支払方法", "発送方法", "商品計", "税金", "発送料", "手数料",
    "ポイント", "その他費用", "合計金額", "ギフトフラグ", "時間帯指定", "日付指定", "作業者欄",
    "備考", "商品名", "商品コード", "商品価格", "受注数量", "商品オプション", "出荷済フラグ",
    "顧客区分", "顧客コード", "消費税率（%）", "のし", "ラッピング", "メッセージ",
)  # fmt: skip


@dataclass(frozen=True)
class SlipFile:
    """The bytes to upload, and which characters had to be written as 〓."""

    content: bytes
    substituted: frozenset[str]


def slip_file(slip: Slip, *, encoding: str = "cp932") -> SlipFile:
    """Return the CSV of one slip. Raises SlipRefused naming the column that cannot be written."""
    substituted: set[str] = set()
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for line in slip.lines:
        row = {
            column: _writable(value, encoding, substituted)
            for column, value in (_slip_cells(slip) | _line_cells(line)).items()
        }
        _refuse_wrong_cells(row)
        writer.writerow(row)
    return SlipFile(text.getvalue().encode(encoding), frozenset(substituted))


def _slip_cells(slip: Slip) -> dict[str, str]:
    order, buyer = slip.order, slip.order.purchaser
    receiver = order.consignee or buyer
    return {
        "店舗伝票番号": slip.number,
        "受注日": f"{order.submitted_at.astimezone(JAPAN):%Y/%m/%d %H:%M:%S}",
        "受注郵便番号": digits(buyer.zip),
        "受注住所１": buyer.address1,
        "受注住所２": buyer.address2,
        "受注名": buyer.name,
        "受注電話番号": digits(buyer.phone),
        "受注メールアドレス": buyer.email,
        "発送郵便番号": digits(receiver.zip),
        "発送先住所１": receiver.address1,
        "発送先住所２": receiver.address2,
        "発送先名": receiver.name,
        "発送電話番号": digits(receiver.phone),
        "支払方法": order.payment_label,
        "発送方法": order.delivery_label,
        "商品計": str(slip.goods),
        "税金": str(slip.tax),
        "発送料": str(slip.shipping),
        "手数料": "0",
        "ポイント": "0",
        "その他費用": "0",
        "合計金額": str(slip.total),
        "日付指定": f"{slip.desired_on:%Y/%m/%d}" if slip.desired_on else "",
        "備考": slip.note,
    }


def _line_cells(line: SlipLine) -> dict[str, str]:
    return {
        "商品名": line.name,
        "商品コード": line.code,
        "商品価格": str(line.unit_price),
        "受注数量": str(line.quantity),
        "商品オプション": line.option,
        "消費税率（%）": line.tax_percent if line.tax_percent in ("8", "10") else "",
    }


def digits(number: str) -> str:
    """Return a postal code or phone number in half-width, without hyphens and spaces (R188)."""
    narrow = unicodedata.normalize("NFKC", number)
    return "".join(sign for sign in narrow if sign.isalnum() or sign == "+")


def _writable(value: str, encoding: str, substituted: set[str]) -> str:
    """Return the text as the encoding can hold it, on one line."""
    text = unicodedata.normalize("NFC", value).translate(MAPPED)
    text = " ".join(text.splitlines())
    return "".join(_sign(sign, encoding, substituted) for sign in text)


def _sign(sign: str, encoding: str, substituted: set[str]) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        substituted.add(sign)
        return UNKNOWN
    return sign


def _refuse_wrong_cells(row: dict[str, str]) -> None:
    for column in REQUIRED:
        if not row.get(column):
            raise SlipRefused(
                f"NEXT ENGINE needs 「{column}」, which is empty.",
                cure="Complete the buyer's and the order's address and e-mail, then retry.",
            )
    for column, most in LENGTHS.items():
        if len(row.get(column, "")) > most:
            raise SlipRefused(
                f"「{column}」 is longer than NEXT ENGINE's {most} characters.",
                cure="Shorten it on the order, then retry.",
            )
