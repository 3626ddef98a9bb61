"""Our order in the words of domain/next_engine: what goes on its slips."""

from checkout.domain.breakdown import order_of_json
from checkout.domain.next_engine.slip import Order as OrderForSlips
from checkout.domain.next_engine.slip import Party, SlipLine
from checkout.domain.pricing import Line, Tax
from checkout.store.models import Order

PAYMENT_LABELS = {"outside": "その他", "stripe": "クレジットカード"}
DELIVERY_LABEL = "宅配便"


def slip_order(order: Order) -> OrderForSlips:
    """Return what of the order goes on slips: its frozen breakdown and its address of now."""
    quote = order_of_json(order.snapshot)
    shipping = quote.shipping
    tax = sum(each.amount.minor for each in quote.taxes)
    tax += shipping.tax.minor if shipping and shipping.tax else 0
    consignee = _party(order)
    return OrderForSlips(
        number=order.order_number,
        currency=quote.total.currency,
        submitted_at=order.submitted_at,
        purchaser=_purchaser(order, consignee),
        consignee=consignee,
        lines=[_line(line, quote.taxes) for line in quote.lines],
        tax=tax,
        shipping=shipping.fee.minor if shipping and shipping.fee else 0,
        payment_label=PAYMENT_LABELS.get(order.payment_method, order.payment_method),
        delivery_label=(shipping.rate_name if shipping else None) or DELIVERY_LABEL,
        note=_note(order),
    )


def _party(order: Order) -> Party | None:
    address = order.address
    if address is None:
        return None
    street = [part for part in (address["state"], address["city"], address["line1"]) if part]
    return Party(
        name=address["addressee"],
        zip=address["zip"],
        address1=("" if address["country"] == "JP" else " ").join(street),
        address2=address["line2"],
        phone=address["phone"],
    )


def _purchaser(order: Order, consignee: Party | None) -> Party:
    """Return the buyer, at the order's only address."""
    buyer, recipients = order.snapshot["buyer"], order.snapshot["recipients"]
    return Party(
        name=order.buyer_name,
        zip=consignee.zip if consignee else "",
        address1=consignee.address1 if consignee else "",
        address2=consignee.address2 if consignee else "",
        phone=consignee.phone if consignee else "",
        email=buyer["contact_email"] or next(iter(recipients), ""),
    )


def _line(line: Line, taxes: tuple[Tax, ...]) -> SlipLine:
    percents = {tax.tax_id: tax.percent for tax in taxes}
    percent = percents.get(line.tax_id, "")
    return SlipLine(
        name=line.product_name,
        code=line.sku_number,
        unit_price=line.unit_price.minor if line.unit_price else 0,
        quantity=line.quantity,
        option=line.options,
        tax_percent=percent.rstrip("0").rstrip(".") if "." in percent else percent,
        desired_on=line.desired_on,
        note=line.note or "",
    )


def _note(order: Order) -> str:
    parts = [order.comment or "", f"PO {order.po_number}" if order.po_number else ""]
    return " / ".join(part for part in parts if part)
