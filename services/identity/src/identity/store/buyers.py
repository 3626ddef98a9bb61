"""Buyers by their ids, codes and logins; ownership is in every query."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import NotFound
from identity.store.models import Address, Brand, Buyer, BuyerLookup, Membership, Recipient
from identity.store.users import Credential

_BUYER = bindparam("buyer_id", type_=Uuid())
# What every question about a buyer asks, put together once: that is half the price of asking.
OF_BRAND = select(Buyer).where(
    Buyer.id == _BUYER, Buyer.brand_id == bindparam("brand_id", type_=Uuid())
)
ADDRESSES = select(Address).where(Address.buyer_id == _BUYER).order_by(Address.id)
RECIPIENTS = select(Recipient.email).where(Recipient.buyer_id == _BUYER).order_by(Recipient.email)


class BuyerNotFound(NotFound):
    code = "buyer_not_found"


def get_buyer(session: Session, buyer_id: UUID, *, brand_id: UUID) -> Buyer:
    """Return the brand's buyer. Raises BuyerNotFound, also for another brand's."""
    own = {"buyer_id": buyer_id, "brand_id": brand_id}
    return _one(session.scalars(OF_BRAND, own).one_or_none())


def find_buyer(session: Session, buyer_id: UUID) -> Buyer | None:
    """Return the maker's buyer of whatever brand, or None."""
    return session.get(Buyer, buyer_id)


def lock_buyer(session: Session, buyer_id: UUID) -> Buyer:
    """Return the maker's buyer, row-locked until commit. Raises BuyerNotFound."""
    query = select(Buyer).where(Buyer.id == buyer_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return _one(session.scalars(locked).one_or_none())


def find_login_credential(session: Session, brand_id: UUID, email: str) -> Credential | None:
    """Return what proves an offline buyer's link login of this brand, or None (R39, R40)."""
    query = select(Buyer).where(Buyer.brand_id == brand_id, Buyer.login_email == email)
    buyer = session.scalars(query).one_or_none()
    return Credential(buyer.id, buyer.login_hash) if buyer else None


def find_passcode_credential(session: Session, brand_id: UUID, code: str) -> Credential | None:
    """Return what proves a buyer's unique code, offline or connected, or None (R43, R44)."""
    same_code = func.upper(Buyer.unique_code) == code.upper()
    buyer = session.scalars(
        select(Buyer).where(Buyer.brand_id == brand_id, same_code)
    ).one_or_none()
    return Credential(buyer.id, buyer.passcode_hash) if buyer else None


def list_addresses(session: Session, buyer_id: UUID) -> Sequence[Address]:
    return session.scalars(ADDRESSES, {"buyer_id": buyer_id}).all()


def list_recipients(session: Session, buyer_id: UUID) -> Sequence[str]:
    return session.scalars(RECIPIENTS, {"buyer_id": buyer_id}).all()


@dataclass(frozen=True, slots=True)
class OwnBuyer:
    """A buyer that a user may order as, and the brand that knows it."""

    buyer: Buyer
    brand: Brand
    organisation_id: UUID


def list_buyers_of_user(session: Session, user_id: UUID) -> list[OwnBuyer]:
    """Return the connected buyers of the user's organisations, of all makers, by brand and name.

    Afterwards the transaction acts as the last maker looked at.
    """
    mine = select(Membership.organisation_id).where(Membership.user_id == user_id)
    lookup = select(BuyerLookup).where(BuyerLookup.organisation_id.in_(mine))
    by_maker: dict[UUID, list[UUID]] = {}
    for row in session.scalars(lookup):
        by_maker.setdefault(row.maker_id, []).append(row.buyer_id)
    found = [own for maker, ids in by_maker.items() for own in _of_maker(session, maker, ids)]
    return sorted(found, key=lambda own: (own.brand.name, own.buyer.name, own.buyer.id))


def _of_maker(session: Session, maker_id: UUID, ids: Sequence[UUID]) -> list[OwnBuyer]:
    act_as(session, maker_id)
    query = (
        select(Buyer, Brand)
        .join(Brand, Brand.id == Buyer.brand_id)
        .where(Buyer.id.in_(ids), Buyer.kind == "connected")
    )
    rows = session.execute(query).all()
    return [OwnBuyer(b, brand, b.organisation_id) for b, brand in rows if b.organisation_id]


def _one(buyer: Buyer | None) -> Buyer:
    if buyer is None:
        raise BuyerNotFound
    return buyer
