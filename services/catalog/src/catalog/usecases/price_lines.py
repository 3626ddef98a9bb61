"""Prices any number of lines at a buyer's terms, catalog by catalog, in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.pricing import Tax, TaxLine, tax_for, tax_lines, unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Rate, Terms
from catalog.domain.visibility import Access
from catalog.store import models
from catalog.store.models import Product, Sku
from catalog.store.prices import list_overrides, list_skus
from catalog.usecases.see_catalogs import SeenCatalog, see_catalogs
from common.money import Money

GONE = Access(False, False, "catalog_closed")


@dataclass(frozen=True)
class AskedLine:
    catalog_id: UUID
    sku_id: UUID
    quantity: int


@dataclass(frozen=True, kw_only=True)
class PricedLine:
    """A line with all that decided its price; prices are None where there are none."""

    asked: AskedLine
    sku: Sku | None
    product: Product | None
    list_price: Money | None
    unit_price: Money | None
    rate: Rate | None
    tax: Tax | None
    reason: str | None
    """Why it cannot be ordered: no_price, not_in_catalog, below_minimum, not_in_packs."""

    @property
    def amount(self) -> Money | None:
        return self.unit_price * self.asked.quantity if self.unit_price else None


@dataclass(frozen=True)
class PricedCatalog:
    """The lines of one catalog: what becomes one order (D18)."""

    catalog_id: UUID
    name: str
    access: Access
    lines: list[PricedLine]
    goods: Money
    taxes: list[TaxLine]
    minimum: Money | None = None
    """The least that an order of it must come to, goods without tax; None: any amount."""
    has_comment_box: bool = False
    """Whether a comment is asked for with an order of it."""
    shipping_rows: Sequence[Mapping[str, Any]] = ()
    """The catalog's own choice of rate groups, for orders whose link has none in force (R92)."""

    @property
    def reason(self) -> str | None:
        """Why it cannot be ordered as it is: its access, or goods below its minimum."""
        is_below = self.minimum is not None and Money.zero(self.goods.currency) < self.goods
        if self.access.reason is None and is_below and self.minimum and self.goods < self.minimum:
            return "below_minimum_amount"
        return self.access.reason


def price_lines(
    session: Session,
    lines: Sequence[AskedLine],
    *,
    brand_id: UUID,
    buyer_id: UUID,
    terms: Terms,
    now: datetime,
) -> list[PricedCatalog]:
    """Return the lines priced, in the order in which their catalogs were first asked for."""
    catalog_ids = list(dict.fromkeys(line.catalog_id for line in lines))
    seen = see_catalogs(
        session, brand_id=brand_id, catalog_ids=catalog_ids, buyer_id=buyer_id, now=now
    )
    known = list_skus(
        session,
        brand_id=brand_id,
        sku_ids={line.sku_id for line in lines},
        catalog_ids=catalog_ids,
        trade_term_id=terms.trade_term_id,
        currency=terms.currency,
    )
    overrides = read_overrides(session, buyer_id=buyer_id)
    by_id = {each.catalog.id: each for each in seen}
    return [
        priced_catalog(
            catalog_id,
            by_id.get(catalog_id),
            [
                priced_line(line, known.get((line.catalog_id, line.sku_id)), terms, overrides)
                for line in lines
                if line.catalog_id == catalog_id
            ],
            terms,
        )
        for catalog_id in catalog_ids
    ]


def read_overrides(session: Session, *, buyer_id: UUID) -> list[Override]:
    """Return the buyer's rate overrides as values."""
    return [
        Override(row.catalog_id, row.product_id, Rate(row.kind, row.value))
        for row in list_overrides(session, buyer_id=buyer_id)
    ]


def tax_of(row: models.Tax | None, terms: Terms) -> Tax | None:
    """Return the row as a value if the buyer's country is its target, named in its language (R63)."""
    if row is None:
        return None
    name = terms.words(row.names)
    tax = Tax(row.id, name, row.country, row.percent, row.is_reduced, row.rounding)
    return tax_for(tax, buyer_country=terms.country)


def priced_line(
    line: AskedLine,
    known: tuple[Sku, Product, int | None, models.Tax | None] | None,
    terms: Terms,
    overrides: Sequence[Override],
) -> PricedLine:
    if known is None:
        return PricedLine(
            asked=line,
            sku=None,
            product=None,
            list_price=None,
            unit_price=None,
            rate=None,
            tax=None,
            reason="not_in_catalog",
        )
    sku, product, minor, tax = known
    rate = rate_for(
        catalog_id=line.catalog_id,
        product_id=product.id,
        overrides=overrides,
        buyer_rate=terms.rate,
    )
    listed = Money(minor, terms.currency) if minor is not None else None
    return PricedLine(
        asked=line,
        sku=sku,
        product=product,
        list_price=listed,
        unit_price=unit_price(listed, rate) if listed else None,
        rate=rate,
        tax=tax_of(tax, terms),
        reason=_reason(sku, line.quantity) if listed else "no_price",
    )


def _reason(sku: Sku, quantity: int) -> str | None:
    """Return why that many cannot be ordered; nothing of a SKU needs no minimum."""
    if quantity and sku.minimum and quantity < sku.minimum:
        return "below_minimum"
    if sku.multiple and quantity % sku.multiple:
        return "not_in_packs"
    return None


def priced_catalog(
    catalog_id: UUID, seen: SeenCatalog | None, lines: list[PricedLine], terms: Terms
) -> PricedCatalog:
    """Sum what has a price; a line without one is worth nothing and says so."""
    priced = [(line.tax, line.amount) for line in lines if line.amount is not None]
    return PricedCatalog(
        catalog_id,
        terms.words(seen.catalog.names) if seen else "",
        seen.access if seen else GONE,
        lines,
        Money.total((amount for _, amount in priced), terms.currency),
        tax_lines(priced),
        minimum_of(seen, terms) if seen else None,
        seen is not None and seen.catalog.has_comment_box,
        seen.catalog.shipping_rows if seen else (),
    )


def minimum_of(seen: SeenCatalog, terms: Terms) -> Money | None:
    """Return the least that an order of the catalog must come to; None: any amount."""
    least = seen.catalog.minimum_amounts.get(terms.currency)
    return Money(int(least), terms.currency) if least else None
