"""Many products changed, or deleted, at once: all of them or none."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.product_rules import LONGEST_CATEGORY
from catalog.domain.typed_word import demand_word
from catalog.store.keeping import lock_products, remove_products, set_fields
from catalog.store.taxes import find_tax
from catalog.usecases.save_prices import change_prices
from common.errors import FieldError, Invalid


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is to change; None leaves it as it is."""

    category: str | None = None
    tax_id: UUID | None = None
    is_untaxed: bool = False
    percent: Decimal | None = None
    currency: str | None = None
    """Only prices in it; None: in every currency."""


def edit_products(
    session: Session,
    product_ids: Collection[UUID],
    changes: Changes,
    *,
    brand_ids: Collection[UUID],
) -> None:
    """Change all the products. Raises ProductNotFound, Invalid."""
    found = lock_products(session, product_ids, brand_ids=brand_ids)
    fields: dict[str, Any] = {}
    if changes.category is not None:
        fields["category"] = _category(changes.category)
    if changes.tax_id is not None or changes.is_untaxed:
        owners = {each.brand_id for each in found}
        fields["tax_id"] = None if changes.is_untaxed else _tax(session, changes, owners)
    if changes.percent is not None:
        change_prices(session, product_ids, percent=changes.percent, currency=changes.currency)
    if fields or changes.percent is not None:
        set_fields(session, product_ids, fields)


def delete_products(
    session: Session, product_ids: Collection[UUID], *, brand_ids: Collection[UUID], word: str
) -> None:
    """Delete the products for ever. Orders that name them stay as they are. Raises Invalid."""
    lock_products(session, product_ids, brand_ids=brand_ids)
    demand_word(word)
    remove_products(session, product_ids)


def _category(category: str) -> str:
    if len(category) > LONGEST_CATEGORY:
        words = f"Use at most {LONGEST_CATEGORY} characters."
        raise _wrong("category", "too_long", words)
    return category


def _tax(session: Session, changes: Changes, owners: set[UUID]) -> UUID | None:
    """Return the tax if it is of the one brand whose products these all are."""
    tax = find_tax(session, changes.tax_id or UUID(int=0), brand_ids=owners)
    if tax is None or owners != {tax.brand_id}:
        raise _wrong("tax_id", "unknown", "There is no such tax.")
    return tax.id


def _wrong(field: str, code: str, words: str) -> Invalid:
    return Invalid("Some fields are not right.", errors=[FieldError(field, code, words)])
