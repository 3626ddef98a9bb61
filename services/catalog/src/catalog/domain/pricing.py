"""What a unit costs this buyer, and the tax on an order (R57, R58, R63, R64, D17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from uuid import UUID

from catalog.domain.terms import Rate
from common.money import Money

ROUNDING = {"down": ROUND_DOWN, "up": ROUND_UP, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True)
class Tax:
    """A tax of the brand: it is added only where its country is the buyer's (R63)."""

    id: UUID
    name: str
    country: str
    percent: Decimal
    is_reduced: bool
    rounding: str


@dataclass(frozen=True)
class TaxLine:
    """One tax of one order, over the sum of its lines."""

    tax: Tax
    base: Money
    amount: Money


def unit_price(list_price: Money, rate: Rate) -> Money:
    """Return the list price at the rate, rounded half up once to the minor unit (D17)."""
    return list_price.times(rate.factor())


def tax_for(tax: Tax | None, *, buyer_country: str) -> Tax | None:
    """Return the tax if the buyer's country is its target (R63)."""
    return tax if tax is not None and tax.country == buyer_country else None


def tax_lines(amounts: Iterable[tuple[Tax | None, Money]]) -> list[TaxLine]:
    """Return one line per tax, each rounded once over the sum of its amounts (R63)."""
    bases: dict[UUID, tuple[Tax, Money]] = {}
    for tax, amount in amounts:
        if tax is not None:
            _, base = bases.get(tax.id, (tax, Money.zero(amount.currency)))
            bases[tax.id] = (tax, base + amount)
    return [TaxLine(tax, base, tax_on(base, tax)) for tax, base in bases.values()]


def tax_on(base: Money, tax: Tax) -> Money:
    """Return the tax on an amount, rounded in the tax's own way."""
    exact = Decimal(base.minor) * tax.percent / 100
    return Money(int(exact.quantize(Decimal(1), rounding=ROUNDING[tax.rounding])), base.currency)
