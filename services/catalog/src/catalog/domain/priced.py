"""Lines of an order as they are priced: what was asked for, what it is, what it costs, why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from catalog.domain.minimum_amount import is_below
from catalog.domain.pricing import Tax, TaxLine, unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Rate, Terms
from catalog.domain.visibility import Access
from common.money import Money


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


@dataclass(frozen=True, kw_only=True)
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
        if self.access.reason is None and is_below(self.goods, self.minimum):
            return "below_minimum_amount"
        return self.access.reason


def priced_line(
    line: AskedLine, article: Article | None, terms: Terms, overrides: Sequence[Override]
) -> PricedLine:
    """Return the line at these terms; `article` is None for what is not in the catalog."""
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
        reason=_limit_reason(article, line.quantity) if listed else "no_price",
    )


def _limit_reason(article: Article, quantity: int) -> str | None:
    """Return why that many cannot be ordered; nothing of a SKU needs no minimum."""
    if quantity and article.minimum and quantity < article.minimum:
        return "below_minimum"
    if article.multiple and quantity % article.multiple:
        return "not_in_packs"
    return None
