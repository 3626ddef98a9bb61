"""Prices any number of lines at a buyer's terms, catalog by catalog, in one round trip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.pricing import Tax, TaxLine, tax_for, tax_lines, unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Rate, Terms
from catalog.domain.visibility import Access, access_at
from catalog.store import models
from catalog.store.asked_lines import read_asked_lines
from catalog.store.prices import list_overrides
from common.money import Money

GONE = Access(False, False, "catalog_closed")


@dataclass(frozen=True)
class AskedLine:
    catalog_id: UUID
    sku_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A SKU in a catalog, in the buyer's language, with what its price needs."""

    sku_id: UUID
    sku_number: str
    colour: str
    size: str
    product_id: UUID
    model_number: str
    name: str
    minimum: int | None
    multiple: int | None
    list_price: Money | None
    tax: Tax | None
    """Its tax if the buyer's country is the target (R63)."""
    place: tuple[int, int]
    """Where the catalog shows it: the product's position, and the SKU's within it."""


@dataclass(frozen=True, kw_only=True)
class PricedLine:
    """A line with all that decided its price; prices are None where there are none."""

    asked: AskedLine
    article: Article | None
    unit_price: Money | None
    rate: Rate | None
    reason: str | None
    """Why it cannot be ordered: no_price, not_in_catalog, below_minimum, not_in_packs."""

    @property
    def list_price(self) -> Money | None:
        return self.article.list_price if self.article else None

    @property
    def tax(self) -> Tax | None:
        return self.article.tax if self.article else None

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
    """Return the lines priced, in the order in which their catalogs were first asked for.

    A catalog's lines come as the catalog shows them; what is not in it any more comes last.
    """
    catalog_ids = list(dict.fromkeys(line.catalog_id for line in lines))
    stored = read_asked_lines(
        session,
        brand_id=brand_id,
        buyer_id=buyer_id,
        catalog_ids=catalog_ids,
        sku_ids={line.sku_id for line in lines},
        trade_term_id=terms.trade_term_id,
        currency=terms.currency,
    )
    articles = {key: article_of(row, terms) for key, row in stored.articles.items()}
    overrides = [_override(row) for row in stored.overrides]
    return [
        priced_catalog(
            catalog_id,
            stored.catalogs.get(catalog_id),
            [
                priced_line(line, articles.get((line.catalog_id, line.sku_id)), terms, overrides)
                for line in _as_shown(lines, articles)
                if line.catalog_id == catalog_id
            ],
            terms,
            now=now,
        )
        for catalog_id in catalog_ids
    ]


def _as_shown(
    lines: Sequence[AskedLine], articles: Mapping[tuple[UUID, UUID], Article]
) -> list[AskedLine]:
    def place(line: AskedLine) -> tuple[bool, tuple[int, int]]:
        article = articles.get((line.catalog_id, line.sku_id))
        return article is None, article.place if article else (0, 0)

    return sorted(lines, key=place)


def read_overrides(session: Session, *, buyer_id: UUID) -> list[Override]:
    """Return the buyer's rate overrides as values."""
    return [_override(row) for row in list_overrides(session, buyer_id=buyer_id)]


def _override(row: Any) -> Override:
    return Override(row.catalog_id, row.product_id, Rate(row.kind, row.value))


def tax_of(row: models.Tax | None, terms: Terms) -> Tax | None:
    """Return the row as a value if the buyer's country is its target, named in its language (R63)."""
    if row is None:
        return None
    return _tax(row.id, row.names, row, terms)


def _tax(tax_id: UUID, names: Mapping[str, str], row: Any, terms: Terms) -> Tax | None:
    name = terms.words(names)
    tax = Tax(tax_id, name, row.country, row.percent, row.is_reduced, row.rounding)
    return tax_for(tax, buyer_country=terms.country)


def article_of(row: Any, terms: Terms) -> Article:
    """Return a row of store/asked_lines as a value."""
    return Article(
        sku_id=row.sku_id,
        sku_number=row.number,
        colour=terms.words(row.colour_names),
        size=row.size,
        product_id=row.product_id,
        model_number=row.model_number,
        name=terms.words(row.product_names),
        minimum=row.minimum,
        multiple=row.multiple,
        list_price=None if row.list_minor is None else Money(row.list_minor, terms.currency),
        tax=_tax(row.tax_id, row.tax_names, row, terms) if row.tax_id else None,
        place=(row.shelf, row.position),
    )


def priced_line(
    line: AskedLine, article: Article | None, terms: Terms, overrides: Sequence[Override]
) -> PricedLine:
    if article is None:
        return PricedLine(
            asked=line,
            article=None,
            unit_price=None,
            rate=None,
            reason="not_in_catalog",
        )
    rate = rate_for(
        catalog_id=line.catalog_id,
        product_id=article.product_id,
        overrides=overrides,
        buyer_rate=terms.rate,
    )
    listed = article.list_price
    return PricedLine(
        asked=line,
        article=article,
        unit_price=unit_price(listed, rate) if listed else None,
        rate=rate,
        reason=_reason(article, line.quantity) if listed else "no_price",
    )


def _reason(article: Article, quantity: int) -> str | None:
    """Return why that many cannot be ordered; nothing of a SKU needs no minimum."""
    if quantity and article.minimum and quantity < article.minimum:
        return "below_minimum"
    if article.multiple and quantity % article.multiple:
        return "not_in_packs"
    return None


def priced_catalog(
    catalog_id: UUID, row: Any | None, lines: list[PricedLine], terms: Terms, *, now: datetime
) -> PricedCatalog:
    """Sum what has a price; a line without one is worth nothing and says so.

    `row`: the catalog as store/asked_lines reads it, None for one that is gone.
    """
    priced = [(line.tax, line.amount) for line in lines if line.amount is not None]
    goods = Money.total((amount for _, amount in priced), terms.currency)
    taxes = tax_lines(priced)
    if row is None:
        return PricedCatalog(catalog_id, "", GONE, lines, goods, taxes)
    access = access_at(
        now,
        status=row.status,
        open_at=row.open_at,
        order_deadline_at=row.order_deadline_at,
        is_granted=row.is_granted,
    )
    return PricedCatalog(
        catalog_id,
        terms.words(row.names),
        access,
        lines,
        goods,
        taxes,
        minimum_of(row.minimum_amounts, terms),
        row.has_comment_box,
        row.shipping_rows,
    )


def minimum_of(minimum_amounts: Mapping[str, Any], terms: Terms) -> Money | None:
    """Return the least that an order of a catalog must come to; None: any amount."""
    least = minimum_amounts.get(terms.currency)
    return Money(int(least), terms.currency) if least else None
