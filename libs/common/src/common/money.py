"""Money: whole minor units of one currency. Never a binary float (R64)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision

from common.errors import Invalid


class CurrenciesDiffer(ValueError):
    """Two amounts of different currencies met; adding them has no meaning."""


def exponent(currency: str) -> int:
    """Return how many decimals the currency's minor unit has: JPY 0, USD 2, KWD 3.

    Source: Unicode CLDR supplemental currency data.
    """
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in whole minor units: Money(4000, "EUR") is forty euro."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> "Money":
        """Return `amount` major units, rounded half up once to the minor unit (D17)."""
        minor = amount.scaleb(exponent(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(int(minor), currency)

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "Money":
        """Return the amount written as {"minor": 4000, "currency": "EUR"}. Raises Invalid."""
        try:
            return cls(value["minor"], str(value["currency"]))
        except (KeyError, TypeError) as wrong:
            raise Invalid("An amount needs minor units and a currency.") from wrong

    @classmethod
    def total(cls, amounts: Iterable["Money"], currency: str) -> "Money":
        """Return the sum; an empty sum is zero in `currency`."""
        return sum(amounts, cls.zero(currency))

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def share(self, percent: Decimal | int) -> "Money":
        """Return that percentage of the amount, rounded half up once."""
        return self.times(Decimal(percent) / 100)

    def times(self, factor: Decimal) -> "Money":
        """Return the amount times an exact factor, rounded half up once."""
        product = (Decimal(self.minor) * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return Money(int(product), self.currency)

    def as_json(self) -> dict[str, int | str]:
        return {"minor": self.minor, "currency": self.currency}

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        return self == other or self < other

    def __composite_values__(self) -> tuple[int, str]:
        return self.minor, self.currency

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(f"{self.currency} and {other.currency}")
