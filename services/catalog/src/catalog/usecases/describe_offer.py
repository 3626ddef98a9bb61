"""What rows of a file can choose from: the brand's taxes, trade terms and currencies."""

from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.product_columns import Column, columns_of
from catalog.domain.product_import import Offer
from catalog.domain.text import in_language
from catalog.gateways.identity import Brand
from catalog.store.models import Tax
from catalog.store.taxes import list_taxes


def offer_of(session: Session, brand: Brand, brand_id: UUID) -> Offer:
    """Return the taxes by their words in a file, and the prices by their columns."""
    taxes = list_taxes(session, brand_ids=[brand_id])
    return Offer(
        {tax_label(tax, brand.default_language): tax.id for tax in taxes},
        {
            f"price.{term.code}.{currency}": (term.id, currency)
            for term in brand.trade_terms
            for currency in brand.currencies
        },
    )


def tax_label(tax: Tax, language: str) -> str:
    """Return how a file names the tax: Consumption tax 10% (JP)."""
    name = in_language(tax.names, language, default=language)
    return f"{name} {tax.percent.normalize():f}% ({tax.country})"


def brand_columns(brand: Brand) -> list[Column]:
    codes = [term.code for term in brand.trade_terms]
    return columns_of(brand.languages, codes, brand.currencies)
