"""What a confirmation says, as plain data: texts only, already written in its language."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from checkout.domain.pricing import Tax
from checkout.domain.quote import OrderQuote
from checkout.store.models import Order
from checkout.web.order_view import order_view
from checkout.web.words import address_lines, line_wishes, payment_words, said_with
from common.web.i18n import language
from common.web.pages import money, number

Json = dict[str, Any]


def confirmation_words(order: Order) -> Json:
    """Return the document's data in the language that is spoken now."""
    view = order_view(order)
    ordered = order.submitted_at.astimezone(ZoneInfo(view.zone))
    return {
        "language": language(),
        "title": _("Order confirmation"),
        "number": order.order_number,
        "brand": view.brand["name"],
        "ordered": f"{_minute(ordered)} ({view.zone})",
        "blocks": _blocks(order, str(view.buyer["unique_code"] or "")),
        "columns": [_("SKU"), _("Product"), _("Quantity"), _("Unit price"), _("Amount")],
        "lines": [
            {
                "sku": line.sku_number,
                "name": line.product_name,
                "options": line.options,
                "wishes": line_wishes(line),
                "quantity": number(line.quantity),
                "price": money(line.unit_price) if line.unit_price else "",
                "amount": money(line.amount) if line.amount else "",
            }
            for line in view.quote.lines
        ],
        "totals": _totals(view.quote),
        "total": {"label": _("Order total"), "amount": money(view.quote.total)},
        "notes": [{"label": label, "text": words} for label, words in said_with(order)],
    }


def _minute(local: datetime) -> str:
    day = format_date(local, "long", rebase=False)
    return f"{day} {format_time(local, 'short', rebase=False)}"


def _blocks(order: Order, code: str) -> list[Json]:
    buyer = [order.buyer_name, code, order.catalog_name, payment_words(order.payment_method)]
    blocks = [{"label": _("Buyer"), "lines": [line for line in buyer if line]}]
    if order.address:
        lines = [*address_lines(order.address), *filter(None, [order.address["phone"]])]
        blocks.append({"label": _("Delivery address"), "lines": lines})
    return blocks


def _totals(quote: OrderQuote) -> list[Json]:
    rows = [(_("Goods"), quote.goods)]
    shipping = quote.shipping
    if shipping and shipping.fee is not None:
        rows.append((_("Shipping"), shipping.fee))
        rows += [(_("Tax on shipping"), shipping.tax)] if shipping.tax is not None else []
    rows += [(_tax(tax), tax.amount) for tax in quote.taxes]
    return [{"label": str(label), "amount": money(amount)} for label, amount in rows]


def _tax(tax: Tax) -> str:
    percent = tax.percent.rstrip("0").rstrip(".") if "." in tax.percent else tax.percent
    return f"{tax.name} {percent}%{' ※' if tax.is_reduced else ''}"
