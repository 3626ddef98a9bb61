"""Orders as a table file: one row per line, read and sent piece by piece."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from flask import Response, stream_with_context
from flask_babel import gettext as _

from checkout.deps import deps
from checkout.domain.breakdown import order_of_json
from checkout.domain.pricing import Line
from checkout.store.models import Order
from checkout.store.order_search import Wanted, search_orders
from checkout.web.deliveries import deliveries_of
from checkout.web.ledger_view import LedgerRow
from checkout.web.words import payment_words, state_words
from common.errors import Invalid
from common.money import Money
from common.tables import CSV, XLSX, csv_chunks, xlsx_bytes

BATCH = 200
MOST_EXCEL_ROWS = 50_000
"""A workbook is made in memory; whoever wants more takes the CSV, which is streamed."""
Cells = list[str]


class TooManyForExcel(Invalid):
    code = "too_many_rows_for_excel"


def export_response(wanted: Wanted, *, kind: str, maker_id: UUID | None) -> Response:
    """Return the file. Raises TooManyForExcel."""
    headers, rows = export_headers(), _rows(wanted, maker_id)
    if kind == "xlsx":
        content: bytes | Iterator[bytes] = xlsx_bytes(headers, _limited(rows))
        mime = XLSX
    else:
        content, mime = stream_with_context(csv_chunks(headers, rows)), CSV
    reply = Response(content, content_type=mime)
    name = f"orders-{deps().now():%Y-%m-%d}.{kind}"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def export_headers() -> Cells:
    """Return the columns' names in the reader's language."""
    return [
        _("Order"), _("Ordered"), _("State"), _("Buyer code"), _("Buyer"), _("Catalog"),
        _("Payment"), _("PO number"), _("Comment"), _("SKU number"), _("Model number"),
        _("Product"), _("Options"), _("Quantity"), _("Unit price"), _("Amount"), _("Currency"),
        _("Goods"), _("Shipping"), _("Tax"), _("Order total"), _("Addressee"), _("Country"),
        _("Postal code"), _("Address"), _("Phone"), "NEXT ENGINE", _("Slip"),
        _("Ordered through"), _("Desired delivery"), _("Line note"),
    ]  # fmt: skip


def _rows(wanted: Wanted, maker_id: UUID | None) -> Iterator[Cells]:
    """Give the lines of all orders, newest first; each batch is read in a short transaction."""
    before = None
    while True:
        with deps().database.transaction(maker_id) as session:
            page = search_orders(session, replace(wanted, before=before, size=BATCH))
        ledgers = deliveries_of(page.orders, maker_id=maker_id)
        for order in page.orders:
            yield from _lines_of(order, ledgers[order.id])
        before = page.older
        if before is None:
            return


def _limited(rows: Iterator[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(rows):
        if number >= MOST_EXCEL_ROWS:
            words = _("Too many rows for Excel. Choose fewer orders, or take the CSV.")
            raise TooManyForExcel(str(words))
        yield row


def _lines_of(order: Order, ledger: list[LedgerRow]) -> Iterator[Cells]:
    quote = order_of_json(order.snapshot)
    shipping = quote.shipping
    tax = sum(each.amount.minor for each in quote.taxes)
    tax += shipping.tax.minor if shipping and shipping.tax else 0
    uploads = [row for row in ledger if row.kind == "upload"]
    head = [
        order.order_number, order.submitted_at.isoformat(), state_words(order.state),
        order.snapshot["buyer"]["unique_code"] or "", order.buyer_name, order.catalog_name,
        payment_words(order.payment_method), order.po_number or "", order.comment or "",
    ]  # fmt: skip
    tail = [
        quote.total.currency, _plain(quote.goods), _plain(shipping.fee if shipping else None),
        _plain(Money(tax, quote.total.currency)), _plain(quote.total), *_address(order),
        " / ".join(row.words for row in uploads),
        " ".join(row.reference or "" for row in uploads).strip(),
        _("Customer Order Link") if order.link_id else _("Standard Order"),
    ]  # fmt: skip
    for line in quote.lines:
        wishes = [line.desired_on.isoformat() if line.desired_on else "", line.note or ""]
        yield head + _line(line) + tail + wishes


def _line(line: Line) -> Cells:
    named = [line.sku_number, line.model_number, line.product_name, line.options]
    return [*named, str(line.quantity), _plain(line.unit_price), _plain(line.amount)]


def _address(order: Order) -> Cells:
    address = order.address or {}
    street = " ".join(address.get(part) or "" for part in ("state", "city", "line1", "line2"))
    parts = [address.get(part) or "" for part in ("addressee", "country", "zip")]
    return [*parts, street.strip(), address.get("phone") or ""]


def _plain(amount: Money | None) -> str:
    """Return the amount as a spreadsheet reads numbers, without its currency."""
    return str(amount.decimal) if amount else ""
