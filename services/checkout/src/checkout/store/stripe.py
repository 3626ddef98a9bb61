"""Connected accounts, and the webhooks that came for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.models import PaymentSettings, StripeAccount, StripeEvent


def find_maker_of_account(session: Session, account_id: str) -> UUID | None:
    """Return whose connected account it is; global, so any transaction may ask."""
    return session.scalar(
        select(StripeAccount.maker_id).where(StripeAccount.account_id == account_id)
    )


def claim_account(session: Session, account_id: str, *, maker_id: UUID) -> UUID:
    """Enter the account for the maker if it is nobody's; return whose it is now."""
    row = {"account_id": account_id, "maker_id": maker_id}
    session.execute(insert(StripeAccount).values(row).on_conflict_do_nothing())
    query = select(StripeAccount.maker_id).where(StripeAccount.account_id == account_id)
    return session.scalars(query).one()


def put_account(
    session: Session,
    *,
    account_id: str,
    details_submitted: bool,
    charges_enabled: bool,
    payouts_enabled: bool,
    checked_at: datetime,
) -> None:
    """Write what Stripe says of an account into the settings of every brand that uses it."""
    session.execute(
        update(PaymentSettings)
        .where(PaymentSettings.stripe_account_id == account_id)
        .values(
            details_submitted=details_submitted,
            charges_enabled=charges_enabled,
            payouts_enabled=payouts_enabled,
            checked_at=checked_at,
        )
    )


def lock_settings(session: Session, *, brand_id: UUID, maker_id: UUID) -> PaymentSettings:
    """Return the brand's settings of payment, made if there are none, row-locked until commit."""
    row = {"brand_id": brand_id, "maker_id": maker_id, "stripe_add_on": False}
    session.execute(insert(PaymentSettings).values(row).on_conflict_do_nothing())
    query = select(PaymentSettings).where(PaymentSettings.brand_id == brand_id)
    return session.scalars(query.with_for_update()).one()


def keep_event(session: Session, event: StripeEvent) -> bool:
    """Store a webhook; return whether it is new."""
    values = {
        column.key: getattr(event, column.key)
        for column in StripeEvent.__table__.columns
        if column.key != "received_at"
    }
    kept = insert(StripeEvent).values(values).on_conflict_do_nothing()
    return session.execute(kept.returning(StripeEvent.id)).scalar_one_or_none() is not None


def forget_events(session: Session, *, before: datetime, at_most: int) -> int:
    """Delete the tenant's webhooks that came before that instant; return how many."""
    old = select(StripeEvent.id).where(StripeEvent.received_at < before).limit(at_most)
    gone = delete(StripeEvent).where(StripeEvent.id.in_(old)).returning(StripeEvent.id)
    return len(session.scalars(gone).all())
