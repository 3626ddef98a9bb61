"""An order as NEXT ENGINE takes it: slips of up to 99 lines that together equal the order (D22).

Source: manual.next-engine.net, 汎用受注CSV; "stay below 100 lines, at 100 a slip can no longer
be edited".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

MAX_LINES = 99
MAX_GOODS_CODE = 30
SLIP_NUMBER = re.compile(r"[0-9A-Za-z-]{1,30}")


class SlipRefused(Exception):
    """NEXT ENGINE would refuse this order; the words say what and why, `cure` what to do."""

    def __init__(self, words: str, *, cure: str, rule: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.cure = cure
        self.rule = rule


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who ordered, or who receives. `address1` is prefecture, city and street together."""

    name: str
    zip: str
    address1: str
    address2: str
    phone: str
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class SlipLine:
    """One SKU; prices in yen without tax."""

    name: str
    code: str
    unit_price: int
    quantity: int
    option: str
    tax_percent: str
    desired_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What of an order goes on slips. Amounts in yen."""

    number: str
    currency: str
    submitted_at: datetime
    purchaser: Party
    consignee: Party | None
    lines: Sequence[SlipLine]
    tax: int
    shipping: int
    payment_label: str
    delivery_label: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One slip: its number, its part of the lines and of the money."""

    number: str
    order: Order
    lines: Sequence[SlipLine]
    tax: int
    shipping: int

    @property
    def goods(self) -> int:
        return sum(line.unit_price * line.quantity for line in self.lines)

    @property
    def desired_on(self) -> date | None:
        """The day that all its lines ask for; NEXT ENGINE keeps one a slip."""
        days = {line.desired_on for line in self.lines}
        return next(iter(days)) if len(days) == 1 else None

    @property
    def note(self) -> str:
        """The order's note, then what single lines ask for and no column of theirs holds."""
        words = [self.order.note]
        for line in self.lines:
            day = line.desired_on if line.desired_on and self.desired_on is None else None
            asked = [f"希望日 {day:%Y/%m/%d}"] if day else []
            asked += [line.note] if line.note else []
            words += [f"{line.code}: {' '.join(asked)}"] if asked else []
        return " / ".join(filter(None, words))

    @property
    def total(self) -> int:
        """商品計 + 税金 + 発送料; we have no fees, points or other costs."""
        return self.goods + self.tax + self.shipping


def slips_of(order: Order) -> list[Slip]:
    """Return the order's slips: `<order>`, `<order>-2`, …; shipping on the first.

    Raises SlipRefused for what NEXT ENGINE cannot take at all.
    """
    _refuse_untakeable(order)
    groups = [order.lines[i : i + MAX_LINES] for i in range(0, len(order.lines), MAX_LINES)]
    taxes = _shares(order.tax, [_goods(group) for group in groups])
    return [
        Slip(
            number=order.number if position == 0 else f"{order.number}-{position + 1}",
            order=order,
            lines=group,
            tax=taxes[position],
            shipping=order.shipping if position == 0 else 0,
        )
        for position, group in enumerate(groups)
    ]


def _refuse_untakeable(order: Order) -> None:
    if order.currency != "JPY":
        raise SlipRefused(
            "NEXT ENGINE keeps yen only.",
            cure="Enter this order there by hand, in yen.",
            rule="D22",
        )
    if order.consignee is None:
        raise SlipRefused(
            "The order has no address.",
            cure="Add the address on the order; the upload then starts by itself.",
            rule="R182",
        )
    if not SLIP_NUMBER.fullmatch(order.number):
        raise SlipRefused(
            f"{order.number} is no slip number for NEXT ENGINE.",
            cure="Shorten the brand's order prefix to letters and digits.",
        )
    for line in order.lines:
        if len(line.code) > MAX_GOODS_CODE:
            raise SlipRefused(
                f"The SKU number {line.code} is longer than {MAX_GOODS_CODE} characters.",
                cure="Shorten the SKU number, then retry.",
                rule="D22",
            )


def _goods(lines: Sequence[SlipLine]) -> int:
    return sum(line.unit_price * line.quantity for line in lines)


def _shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts in proportion to the weights that add up to `amount`."""
    whole = sum(weights)
    parts = [amount * weight // whole if whole else 0 for weight in weights]
    parts[0] += amount - sum(parts)
    return parts
