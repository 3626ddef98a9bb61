"""One uploaded file into slips, or the reasons why not."""

from datetime import datetime

from twins.next_engine.company import Company, Upload
from twins.next_engine.csv_file import FileRefused, read_rows
from twins.next_engine.orders import Order, complaint_about, orders_of
from twins.next_engine.slips import create_slip
from twins.next_engine.switches import Switches


def import_file(
    company: Company, upload: Upload, switches: Switches, *, now: datetime
) -> list[str]:
    """Create the file's slips; return what the queue must complain about, nothing when all went in."""
    if upload.csv is None:
        return ["圧縮ファイルを展開できません"]
    try:
        orders = orders_of(read_rows(upload.csv, switches))
    except FileRefused as refused:
        return [str(refused)]
    tax_included = _keeps_prices_with_tax(company, upload.shop_id)
    complaints = [
        complaint
        for order in orders
        if (complaint := complaint_about(order, switches, tax_included=tax_included))
    ]
    new = [order for order in orders if not _exists(company, upload.shop_id, order)]
    if switches.duplicate == "fail":
        complaints += [_duplicate(order) for order in orders if order not in new]
    if complaints and switches.bad_order == "nothing":
        return complaints
    for order in new:
        if complaint_about(order, switches, tax_included=tax_included) is None:
            create_slip(company, order, shop_id=upload.shop_id, now=now)
    return complaints


def _exists(company: Company, shop_id: str, order: Order) -> bool:
    found = company.slips.find("receive_order_shop_cut_form_id", [order.number])
    return any(slip["receive_order_shop_id"] == shop_id for slip in found)


def _duplicate(order: Order) -> str:
    return f"{order.rows[0].number}行目 店舗伝票番号 {order.number} は既に登録されています"


def _keeps_prices_with_tax(company: Company, shop_id: str) -> bool:
    return any(
        shop["shop_id"] == shop_id and shop["shop_tax_id"] == "0" for shop in company.shops.rows
    )
