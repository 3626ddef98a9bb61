"""What a brand has set, apart from shipping: its maker, its ways to pay."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.domain.payment import CardSettings
from checkout.store.models import BrandDirectory
from common.together import Asked


def find_maker(session: Session, brand_id: UUID) -> UUID | None:
    """Return whose brand it is, if it has ever set or sold anything here."""
    return session.scalar(
        select(BrandDirectory.maker_id).where(BrandDirectory.brand_id == brand_id)
    )


def list_makers(session: Session) -> list[UUID]:
    """Return everybody whose brands are known here, for work that goes through all tenants."""
    return list(session.scalars(select(BrandDirectory.maker_id).distinct()))


def enter_brand(session: Session, *, brand_id: UUID, maker_id: UUID) -> None:
    """Remember whose brand it is; repeating changes nothing."""
    row = {"brand_id": brand_id, "maker_id": maker_id}
    session.execute(insert(BrandDirectory).values(row).on_conflict_do_nothing())


CARD = text("""
select stripe_add_on as add_on, stripe_account_id as account_id, details_submitted, charges_enabled,
  payouts_enabled, commerce_page_url
from payment_settings where brand_id = :brand_id
""")


def card_settings(session: Session, *, brand_id: UUID) -> CardSettings:
    """Return what the brand has of card payment; one without a row has nothing (R113)."""
    return card_of(session.execute(*asking_card(brand_id=brand_id)).all())


def asking_card(*, brand_id: UUID) -> Asked:
    return CARD, {"brand_id": brand_id}


def card_of(rows: Sequence[Any]) -> CardSettings:
    return CardSettings(**rows[0]._asdict()) if rows else CardSettings()
