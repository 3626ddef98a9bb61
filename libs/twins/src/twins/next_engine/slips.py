"""An order of the file becomes a slip with its lines and options."""

import re
from datetime import datetime

from twins.next_engine.clock import japan_time
from twins.next_engine.company import Company
from twins.next_engine.csv_file import FileRow
from twins.next_engine.orders import Order
from twins.next_engine.tables import Row

_TEXTS = {
    "受注住所１": "purchaser_address1",
    "受注住所２": "purchaser_address2",
    "受注名": "purchaser_name",
    "受注名カナ": "purchaser_kana",
    "受注メールアドレス": "purchaser_mail_address",
    "発送先住所１": "consignee_address1",
    "発送先住所２": "consignee_address2",
    "発送先名": "consignee_name",
    "発送先カナ": "consignee_kana",
    "支払方法": "payment_method_name",
    "発送方法": "delivery_name",
    "ギフトフラグ": "gift_flag",
    "作業者欄": "worker_text",
    "備考": "note",
    "顧客区分": "customer_type_id",
    "顧客コード": "customer_id",
}
_WITHOUT_HYPHENS = {
    "受注郵便番号": "purchaser_zip_code",
    "受注電話番号": "purchaser_tel",
    "発送郵便番号": "consignee_zip_code",
    "発送電話番号": "consignee_tel",
}
_AMOUNTS = {
    "商品計": "goods_amount",
    "税金": "tax_amount",
    "発送料": "delivery_fee_amount",
    "手数料": "charge_amount",
    "ポイント": "point_amount",
    "その他費用": "other_amount",
    "合計金額": "total_amount",
}
_OPTIONS = {"のし": "noshi", "ラッピング": "rapping", "メッセージ": "message"}
_HYPHENS = re.compile(r"[-‐‑–−－]")
_TIME_SLOT = re.compile(r"時間帯指定\[(.+)\]")


def create_slip(company: Company, order: Order, *, shop_id: str, now: datetime) -> Row:
    """Add the slip, its lines and its options; return the slip."""
    slip_id = company.next_id()
    stamps = dict.fromkeys(("creation_date", "last_modified_date"), japan_time(now))
    slip = company.slips.add(
        {
            **_prefixed("receive_order_", {**_head(order), **stamps}),
            "receive_order_id": slip_id,
            "receive_order_shop_id": shop_id,
            "receive_order_import_date": japan_time(now),
            "receive_order_last_modified_null_safe_date": japan_time(now),
            **_conversion(company, order),
        }
    )
    for number, row in enumerate(order.rows, start=1):
        company.lines.add(_line(row, slip_id=slip_id, number=number, slip_number=order.number))
    options = {name: order.head.get(column, "") for column, name in _OPTIONS.items()}
    company.options.add(
        _prefixed("receive_order_option_", {**options, "receive_order_id": slip_id})
    )
    return slip


def _head(order: Order) -> Row:
    head = order.head
    is_shipped = head.get("出荷済フラグ") == "1"
    slot = _TIME_SLOT.fullmatch(head.get("時間帯指定", ""))
    wished = head.get("日付指定", "")
    return {
        **{field: head.get(column, "") for column, field in _TEXTS.items()},
        **{field: _HYPHENS.sub("", head.get(name, "")) for name, field in _WITHOUT_HYPHENS.items()},
        **{field: _decimals(head[column]) for column, field in _AMOUNTS.items()},
        "shop_cut_form_id": order.number,
        "date": head["受注日"].replace("/", "-"),
        "import_type_id": "1",
        "import_type_name": "CSV",
        "order_status_id": "50" if is_shipped else "2",
        "order_status_name": "出荷確定済（完了）" if is_shipped else "起票済(CSV/手入力)",
        "cancel_type_id": "0",
        "cancel_type_name": "有効な受注です。",
        "hope_delivery_date": f"{wished.replace('/', '-')} 00:00:00" if wished else None,
        "hope_delivery_time_slot_name": slot[1] if slot else head.get("時間帯指定", ""),
    }


def _conversion(company: Company, order: Order) -> Row:
    """Turn the free texts into kinds; what is unknown leaves the slip to a person (behaviour 38)."""
    payment = _converted(company, "siharai_kbn", order.head["支払方法"])
    delivery = _converted(company, "hasou_kbn", order.head["発送方法"])
    reasons = [name for name, found in (("1", payment), ("2", delivery)) if found is None]
    for number, row in enumerate(order.rows, start=1):
        if company.goods is not None and row.cells["商品コード"] not in company.goods:
            reasons.append(f"#{number}")
    return {
        "receive_order_payment_method_id": payment,
        "receive_order_delivery_id": delivery,
        "receive_order_confirm_check_id": "1" if reasons else "0",
        "receive_order_confirm_ids": ":".join(reasons),
    }


def _converted(company: Company, kind: str, text: str) -> str | None:
    for row in company.conversions.rows:
        if (row["payment_delivery_convert_type"], row["payment_delivery_convert_text"]) == (
            kind,
            text,
        ):
            return row["payment_delivery_convert_multi_id"]
    return None


def _line(row: FileRow, *, slip_id: str, number: int, slip_number: str) -> Row:
    cells = row.cells
    price, quantity = int(cells["商品価格"]), int(cells["受注数量"])
    return _prefixed(
        "receive_order_row_",
        {
            "receive_order_id": slip_id,
            "no": str(number),
            "shop_cut_form_id": slip_number,
            "goods_id": cells["商品コード"],
            "goods_name": cells["商品名"],
            "quantity": str(quantity),
            "unit_price": _decimals(str(price)),
            "tax_rate": cells.get("消費税率（%）") or None,
            "sub_total_price": _decimals(str(price * quantity)),
            "goods_option": cells.get("商品オプション", ""),
            "cancel_flag": "0",
            "deleted_flag": "0",
        },
    )


def _decimals(amount: str) -> str:
    return f"{int(amount)}.00"


def _prefixed(prefix: str, row: Row) -> Row:
    return {prefix + name: value for name, value in row.items()}
