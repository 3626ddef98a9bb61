"""Lines with their prices and taxes, as catalog answers them for one buyer's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from common.money import Money

RULE_OF = {
    "no_price": "R58",
    "not_in_catalog": "R3",
    "catalog_closed": "R68",
    "not_granted": "R71",
    "not_yet_open": "R73",
    "deadline_passed": "R74",
}
"""Why a line cannot be ordered, and the rule that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """So many pieces of a SKU out of a catalog."""

    catalog_id: UUID
    sku_id: UUID
    quantity: int
    desired_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Which rate made the unit price, and where it came from (R59)."""

    kind: str
    value: str
    source: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A priced line. Prices are None where the buyer's terms have none (R58)."""

    catalog_id: UUID
    sku_id: UUID
    sku_number: str
    product_id: UUID | None
    model_number: str
    product_name: str
    properties: Mapping[str, str]
    list_price: Money | None
    unit_price: Money | None
    rate: Rate | None
    tax_id: UUID | None
    quantity: int
    amount: Money | None
    is_orderable: bool
    reason: str | None
    desired_on: date | None = None
    """The day on which the buyer would like to have it; a wish that binds nobody."""
    note: str | None = None
    """The buyer's words for this line."""

    @property
    def options(self) -> str:
        """The properties in words, the size last, in the same order wherever they were stored."""
        names = sorted(self.properties, key=lambda name: (name == "size", name))
        return " / ".join(self.properties[name] for name in names if self.properties[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """One tax over the sum of its lines, once per order (R63)."""

    tax_id: UUID | None
    name: str
    percent: str
    is_reduced: bool
    rounding: str
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedCatalog:
    """One catalog's lines: what becomes one order (R168)."""

    catalog_id: UUID
    catalog_name: str
    is_orderable: bool
    reason: str | None
    lines: tuple[Line, ...]
    goods: Money
    taxes: tuple[Tax, ...]
    has_comment_box: bool = False
    """Whether the catalog asks for a comment with its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A line, or a whole catalog (sku_number None), that cannot be ordered now."""

    catalog_name: str
    sku_number: str | None
    reason: str

    @property
    def rule(self) -> str | None:
        return RULE_OF.get(self.reason)


def obstacles(catalogs: tuple[PricedCatalog, ...]) -> tuple[Obstacle, ...]:
    """Return everything that keeps these lines from being ordered; empty when nothing does."""
    found = []
    for catalog in catalogs:
        if not catalog.is_orderable and catalog.reason:
            found.append(_obstacle(catalog, None, catalog.reason))
            continue
        found += [
            _obstacle(catalog, line.sku_number, line.reason or "no_price")
            for line in catalog.lines
            if not line.is_orderable or line.amount is None
        ]
    return tuple(found)


def _obstacle(catalog: PricedCatalog, sku_number: str | None, reason: str) -> Obstacle:
    return Obstacle(catalog_name=catalog.catalog_name, sku_number=sku_number, reason=reason)
