"""Read all that is kept here of what a checkout is judged by, in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.store.brands import asking_card, card_of
from checkout.store.cart_cells import asking_whole, whole_of
from checkout.store.shipping import asking_groups, groups_of
from checkout.usecases.change_line import CartNow
from checkout.usecases.judge_checkout import BrandRules
from common.together import Asked, ask_together


@dataclass(frozen=True, slots=True)
class Stored:
    cart: CartNow
    rules: BrandRules


def read_stored(
    session: Session,
    *,
    catalog_id: UUID | None = None,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
) -> Stored:
    """Return the buyer's cart there, and what the brand has set."""
    asked = asking_stored(
        catalog_id=catalog_id, brand_id=brand_id, buyer_id=buyer_id, link_id=link_id
    )
    return stored_of(*ask_together(session, *asked))


def asking_stored(
    *, catalog_id: UUID | None = None, brand_id: UUID, buyer_id: UUID, link_id: UUID | None
) -> tuple[Asked, Asked, Asked]:
    """Return what to ask for it, beside other things in the same round trip."""
    return (
        asking_whole(catalog_id=catalog_id, buyer_id=buyer_id, link_id=link_id),
        asking_groups(brand_id=brand_id),
        asking_card(brand_id=brand_id),
    )


def stored_of(cart: Sequence[Any], groups: Sequence[Any], card: Sequence[Any]) -> Stored:
    version, wishes = whole_of(cart)
    rules = BrandRules(groups_of(groups), card_of(card))
    return Stored(CartNow(version=version, wishes=wishes), rules)
