"""What changed between the quote a buyer saw and the quote that holds now (D21)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from checkout.domain.pricing import Line
from checkout.domain.quote import OrderQuote, Quote
from common.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """kind: line_added, line_removed, quantity, price, day, note, tax, shipping or total.

    `before` and `after` are amounts, days or texts (a quantity is its number); None is "not there".
    """

    kind: str
    what: str
    before: Money | date | str | None
    after: Money | date | str | None


def differences(seen: Quote, now: Quote) -> tuple[Difference, ...]:
    """Return what is different, the grand total last; empty when nothing is."""
    before = {order.catalog_id: order for order in seen.orders}
    after = {order.catalog_id: order for order in now.orders}
    found: list[Difference] = []
    for catalog_id in [*before, *(each for each in after if each not in before)]:
        found += _of_order(before.get(catalog_id), after.get(catalog_id))
    if seen.total != now.total:
        found.append(Difference(kind="total", what="", before=seen.total, after=now.total))
    return tuple(found)


def is_dearer(seen: Quote, now: Quote) -> bool:
    """Whether the buyer must agree explicitly: it costs more than what was shown."""
    return seen.total < now.total


def _of_order(before: OrderQuote | None, after: OrderQuote | None) -> Iterator[Difference]:
    old, new = _lines(before), _lines(after)
    for sku in [*old, *(each for each in new if each not in old)]:
        yield from _of_line(old.get(sku), new.get(sku))
    name = (after or before).catalog_name if after or before else ""  # type: ignore[union-attr]
    if before and after and _taxes(before) != _taxes(after):
        yield Difference(kind="tax", what=name, before=_taxes(before), after=_taxes(after))
    if before and after and _fee(before) != _fee(after):
        yield Difference(kind="shipping", what=name, before=_fee(before), after=_fee(after))


def _of_line(before: Line | None, after: Line | None) -> Iterator[Difference]:
    if before is None or after is None:
        line = before or after
        if line is not None:
            kind = "line_added" if before is None else "line_removed"
            was, now = (each.amount if each else None for each in (before, after))
            yield Difference(kind=kind, what=line.sku_number, before=was, after=now)
        return
    if before.quantity != after.quantity:
        was_count, now_count = str(before.quantity), str(after.quantity)
        yield Difference(kind="quantity", what=after.sku_number, before=was_count, after=now_count)
    if before.unit_price != after.unit_price:
        yield Difference(
            kind="price", what=after.sku_number, before=before.unit_price, after=after.unit_price
        )
    if before.desired_on != after.desired_on:
        yield Difference(
            kind="day", what=after.sku_number, before=before.desired_on, after=after.desired_on
        )
    if before.note != after.note:
        yield Difference(kind="note", what=after.sku_number, before=before.note, after=after.note)


def _lines(order: OrderQuote | None) -> dict[UUID, Line]:
    return {line.sku_id: line for line in order.lines} if order else {}


def _taxes(order: OrderQuote) -> Money:
    return Money.total((tax.amount for tax in order.taxes), order.goods.currency)


def _fee(order: OrderQuote) -> Money | None:
    return order.shipping.fee if order.shipping else None
