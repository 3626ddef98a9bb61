"""What a brand has set, apart from shipping: its maker, its ways to pay."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.domain.payment import CardSettings
from checkout.store.models import BrandDirectory, PaymentSettings


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


def card_settings(session: Session, *, brand_id: UUID) -> CardSettings:
    """Return what the brand has of card payment; one without a row has nothing (R113)."""
    row = session.get(PaymentSettings, brand_id)
    if row is None:
        return CardSettings()
    return CardSettings(
        add_on=row.stripe_add_on,
        account_id=row.stripe_account_id,
        details_submitted=row.details_submitted,
        charges_enabled=row.charges_enabled,
        payouts_enabled=row.payouts_enabled,
        commerce_page_url=row.commerce_page_url,
    )
