"""Making, editing and deleting a tax (R63)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.tax_rules import TaxDraft, tax_errors
from catalog.domain.typed_word import demand_word
from catalog.store.models import Tax
from catalog.store.taxes import count_products_taxed
from catalog.usecases.save_catalog import ChangedMeanwhile, said_texts
from common.errors import Conflict, Invalid


class TaxInUse(Conflict):
    """Products carry it; they must get another tax, or none, first."""

    code = "tax_in_use"


def check_tax(draft: TaxDraft, *, countries: Collection[str]) -> None:
    """Raise Invalid naming every field that is wrong."""
    errors = tax_errors(draft, countries=countries)
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)


def create_tax(session: Session, draft: TaxDraft, *, maker_id: UUID, brand_id: UUID) -> Tax:
    """Make a tax. The draft has been checked."""
    tax = Tax(maker_id=maker_id, brand_id=brand_id, **_columns(draft))
    session.add(tax)
    session.flush()
    return tax


def update_tax(session: Session, tax: Tax, draft: TaxDraft, *, version: int) -> None:
    """Change the locked tax; orders that were placed keep theirs. Raises ChangedMeanwhile."""
    if tax.version != version:
        raise ChangedMeanwhile("Somebody else has saved this tax meanwhile.")
    for name, value in _columns(draft).items():
        setattr(tax, name, value)
    tax.version += 1
    session.flush()


def delete_tax(session: Session, tax: Tax, *, word: str) -> None:
    """Delete the locked tax. Raises Invalid, TaxInUse."""
    demand_word(word)
    if count_products_taxed(session, tax.id):
        raise TaxInUse("Products carry this tax. Give them another one first.")
    session.delete(tax)
    session.flush()


def _columns(draft: TaxDraft) -> dict[str, Any]:
    return {
        "names": said_texts(draft.names),
        "country": draft.country,
        "percent": draft.percent,
        "is_reduced": draft.is_reduced,
        "rounding": draft.rounding,
    }
