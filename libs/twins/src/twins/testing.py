"""For tests: the simplest client of the NEXT ENGINE twin, and order files to send it."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from twins.next_engine.columns import COLUMNS

Row = dict[str, str]


@dataclass
class Caller:
    """A client as simple as possible: it sends its pair and takes over whatever pair comes back."""

    base: str
    pair: dict[str, str]
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(trust_env=False, timeout=10, verify=False)  # noqa: S501
    )

    def send(self, path: str, **parameters: Any) -> httpx.Response:
        """POST with the pair, bytes percent-encoded as they are."""
        body = urlencode({**self.pair, **parameters})
        return self.http.post(
            f"{self.base}/{path}",
            content=body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    def call(self, endpoint: str, **parameters: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.send(f"api_v1_{endpoint}", **parameters).json()
        if answer.get("access_token"):
            self.pair = pair_in(answer)
        return answer

    def upload(self, file: bytes, *, pattern: str = "11", kind: str = "csv") -> dict[str, Any]:
        return self.call(
            "receiveorder_base/upload",
            receive_order_upload_pattern_id=pattern,
            data_type_1=kind,
            data_1=file,
        )

    def search(self, resource: str, fields: str, **filters: str) -> list[dict[str, str | None]]:
        answer = self.call(f"{resource}/search", fields=fields, **filters)
        if answer["result"] != "success":
            raise ValueError(answer)
        return list(answer["data"])

    def queue(self, que_id: str) -> tuple[str | None, str | None]:
        """Return status and message of a queue entry."""
        [entry] = self.search("system_que", "que_status_id, que_message", **{"que_id-eq": que_id})
        return entry["que_status_id"], entry["que_message"]


def pair_in(answer: dict[str, Any]) -> dict[str, str]:
    return {name: answer[name] for name in ("access_token", "refresh_token")}


def make_row(number: str = "WEB-00000042", **changes: str) -> Row:
    """Return one good line of an order; amounts fit an order with this line alone."""
    row = {column.name: "" for column in COLUMNS} | {
        "店舗伝票番号": number,
        "受注日": "2026/11/23 09:30:15",
        "受注郵便番号": "100-0001",
        "受注住所１": "東京都千代田区千代田1-1",
        "受注名": "例示 太郎",
        "受注電話番号": "03-1234-5678",
        "受注メールアドレス": "taro@example.jp",
        "発送郵便番号": "100-0001",
        "発送先住所１": "東京都千代田区千代田1-1 髙﨑ビル～①",
        "発送先名": "例示 太郎",
        "発送電話番号": "03-1234-5678",
        "支払方法": "クレジットカード",
        "発送方法": "宅配便",
        "商品計": "2160",
        "税金": "216",
        "発送料": "550",
        "手数料": "0",
        "ポイント": "0",
        "その他費用": "-500",
        "合計金額": "2426",
        "商品名": "緑茶 100g",
        "商品コード": "TEA-100",
        "商品価格": "1080",
        "受注数量": "2",
        "消費税率（%）": "8",
    }
    return row | changes


def csv_of(*rows: Row, encoding: str = "cp932", header: list[str] | None = None) -> bytes:
    """Write rows as NEXT ENGINE wants them: CP932, CRLF, header first."""
    out = io.StringIO()
    names = header or list(rows[0])
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode(encoding)


@dataclass(frozen=True)
class Sheet:
    """Writing order files."""

    row: Callable[..., Row]
    file: Callable[..., bytes]
