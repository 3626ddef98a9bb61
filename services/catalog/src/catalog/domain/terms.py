"""A buyer's trading terms, as far as a price needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from catalog.domain.text import in_language


@dataclass(frozen=True)
class Rate:
    """List price × ratio, or list price less percent. `source` says which setting it is."""

    kind: str
    """ratio or percent_off."""
    value: Decimal
    source: str = "buyer"

    def factor(self) -> Decimal:
        """Return what the list price is multiplied by."""
        return self.value if self.kind == "ratio" else 1 - self.value / 100

    def as_json(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "value": f"{self.value:.4f}",
            "source": self.source,
            "rule": "R59",
        }


@dataclass(frozen=True)
class Terms:
    """What the signed-in buyer brings along (R56)."""

    trade_term_id: UUID
    currency: str
    language: str
    country: str
    rate: Rate
    default_language: str
    """The maker's: what is said where the buyer's own language is missing (R62)."""

    @classmethod
    def of_json(cls, terms: Mapping[str, Any], *, default_language: str) -> "Terms":
        """Return the terms of identity's buyers/read, read for a maker of that language."""
        rate = terms["rate"]
        return cls(
            trade_term_id=UUID(terms["trade_term_id"]),
            currency=terms["currency"],
            language=terms["language"],
            country=terms["country"],
            rate=Rate(rate["kind"], Decimal(rate["value"])),
            default_language=default_language,
        )

    def words(self, texts: Mapping[str, str]) -> str:
        """Return the text in the buyer's language, else in the maker's (R62)."""
        return in_language(texts, self.language, default=self.default_language)
