"""What a brand has set, apart from shipping: its maker, its ways to pay."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

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


def has_stripe_add_on(session: Session, *, brand_id: UUID) -> bool:
    query = select(PaymentSettings.stripe_add_on).where(PaymentSettings.brand_id == brand_id)
    return bool(session.scalar(query))
