"""The address book of a connected buyer: its customer keeps it, one default of each use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.addresses import PostalAddress
from common.audit import Actor, Place, Subject, record_change
from common.errors import Conflict
from identity.store.buyers import list_addresses
from identity.store.managed_buyers import get_address, lock_managed_buyer
from identity.store.models import Address, Buyer
from identity.store.users import get_user

MOST = 50
DELIVERY, BILLING = "delivery", "billing"


class AddressBookFull(Conflict):
    code = "address_book_full"


@dataclass(frozen=True, slots=True)
class Keeper:
    """The member of the buyer's organisation that acts, and when."""

    user_id: UUID
    now: datetime


def keep_address(
    session: Session,
    buyer_id: UUID,
    address: PostalAddress,
    *,
    address_id: UUID | None,
    defaults: frozenset[str],
    by: Keeper,
) -> None:
    """Add the address or change that one, and make it the default of these uses.

    The first address is the default of both (R109). Orders keep the copy they took (R110).
    """

    def change(buyer: Buyer) -> None:
        if address_id is None:
            if len(list_addresses(session, buyer.id)) >= MOST:
                raise AddressBookFull("This buyer has as many addresses as there can be.")
            row = Address(
                maker_id=buyer.maker_id,
                buyer_id=buyer.id,
                country=address.country,
                addressee=address.addressee,
                zip=None,
                state=None,
                city=None,
                line1=address.line1,
            )
            session.add(row)
        else:
            row = get_address(session, buyer, address_id)
        for name, value in address.as_dict().items():
            setattr(row, name, value or None)
        session.flush()
        if DELIVERY in defaults or buyer.default_address_id is None:
            buyer.default_address_id = row.id
        if BILLING in defaults or buyer.default_billing_address_id is None:
            buyer.default_billing_address_id = row.id

    _changing(session, buyer_id, change, by)


def choose_default(
    session: Session, buyer_id: UUID, address_id: UUID, *, use: str, by: Keeper
) -> None:
    """Make it the default of `delivery` or `billing`."""

    def change(buyer: Buyer) -> None:
        chosen = get_address(session, buyer, address_id).id
        if use == BILLING:
            buyer.default_billing_address_id = chosen
        else:
            buyer.default_address_id = chosen

    _changing(session, buyer_id, change, by)


def drop_address(session: Session, buyer_id: UUID, address_id: UUID, *, by: Keeper) -> None:
    """Delete it; where it was the default, the oldest of the others takes its place."""

    def change(buyer: Buyer) -> None:
        session.delete(get_address(session, buyer, address_id))
        session.flush()
        left = list_addresses(session, buyer.id)
        heir = left[0].id if left else None
        if buyer.default_address_id == address_id:
            buyer.default_address_id = heir
        if buyer.default_billing_address_id == address_id:
            buyer.default_billing_address_id = heir

    _changing(session, buyer_id, change, by)


def _changing(
    session: Session, buyer_id: UUID, change: Callable[[Buyer], None], by: Keeper
) -> None:
    """Change the locked buyer's book and write down what it was and is."""
    buyer = lock_managed_buyer(session, buyer_id, user_id=by.user_id)
    before = _lines(session, buyer)
    change(buyer)
    session.flush()
    buyer.version += 1
    user = get_user(session, by.user_id)
    record_change(
        session,
        actor=Actor("user", user.id, user.name),
        place=Place(buyer.maker_id, buyer.brand_id),
        action="buyer_addresses_changed",
        subject=Subject("buyer", buyer.id, buyer.name),
        before=before,
        after=_lines(session, buyer),
        now=by.now,
    )


def _lines(session: Session, buyer: Buyer) -> dict[str, object]:
    book: dict[UUID | None, str] = {a.id: _line(a) for a in list_addresses(session, buyer.id)}
    return {
        "addresses": list(book.values()),
        "default_address": book.get(buyer.default_address_id),
        "default_billing_address": book.get(buyer.default_billing_address_id),
    }


def _line(row: Address) -> str:
    parts = (row.addressee, row.zip, row.state, row.city, row.line1, row.line2, row.country)
    return " ".join(part for part in parts if part)
