"""The quote: one frozen breakdown that screen, order, mail and upload read, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from checkout.domain.pricing import Line, PricedCatalog, Tax
from checkout.domain.shipping import Destination, Groups, ShippingRow, choose_rate, rows_in_force
from common.errors import Conflict
from common.money import Money


class NotQuotable(Conflict):
    """A line without a price met the quote; obstacles() names it before."""

    code = "not_orderable"
    rule = "R58"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipping:
    """What shipping costs one order. fee None: settings apply, but no rate does (D16)."""

    fee: Money | None
    tax: Money | None
    rate_group_id: UUID | None
    rate_code: str | None
    rate_name: str | None
    rule: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderQuote:
    """What one order will cost: one buyer x one catalog (D18)."""

    catalog_id: UUID
    catalog_name: str
    lines: tuple[Line, ...]
    goods: Money
    taxes: tuple[Tax, ...]
    shipping: Shipping | None
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Everything that one checkout will order, one order per catalog."""

    currency: str
    orders: tuple[OrderQuote, ...]
    total: Money


def make_quote(
    catalogs: Sequence[PricedCatalog],
    *,
    currency: str,
    link_rows: Sequence[ShippingRow],
    catalog_rows: Mapping[UUID, Sequence[ShippingRow]],
    groups: Groups,
    destination: Destination,
) -> Quote:
    """Return the quote. Shipping is computed for each order by itself, on its goods (D16)."""
    orders = []
    for catalog in catalogs:
        if any(line.amount is None for line in catalog.lines):
            raise NotQuotable(catalog.catalog_name)
        rows = rows_in_force(link_rows, catalog_rows.get(catalog.catalog_id, ()), groups)
        orders.append(_order(catalog, _shipping(rows, groups, catalog.goods, destination)))
    total = Money.total((order.total for order in orders), currency)
    return Quote(currency=currency, orders=tuple(orders), total=total)


def _order(catalog: PricedCatalog, shipping: Shipping | None) -> OrderQuote:
    taxes = Money.total((tax.amount for tax in catalog.taxes), catalog.goods.currency)
    parts = [shipping.fee, shipping.tax] if shipping else []
    return OrderQuote(
        catalog_id=catalog.catalog_id,
        catalog_name=catalog.catalog_name,
        lines=catalog.lines,
        goods=catalog.goods,
        taxes=catalog.taxes,
        shipping=shipping,
        total=Money.total([each for each in parts if each], catalog.goods.currency)
        + catalog.goods
        + taxes,
    )


def _shipping(
    rows: Sequence[ShippingRow], groups: Groups, goods: Money, destination: Destination
) -> Shipping | None:
    if not rows:
        return None
    chosen = choose_rate(rows, groups, goods=goods, destination=destination)
    if chosen is None:
        return Shipping(
            fee=None,
            tax=None,
            rate_group_id=None,
            rate_code=None,
            rate_name=None,
            rule="D16",
            note="no_shipping_fee_calculated",
        )
    percent = chosen.group.tax_percent
    return Shipping(
        fee=chosen.rate.fee,
        tax=chosen.rate.fee.share(percent) if percent is not None else None,
        rate_group_id=chosen.group.rate_group_id,
        rate_code=chosen.rate.code,
        rate_name=chosen.rate.name,
        rule="D16",
        note=None,
    )
