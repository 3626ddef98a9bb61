"""Connected buyers as the members of their organisation manage them."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import NotFound
from identity.store.buyers import BuyerNotFound, lock_buyer
from identity.store.models import Address, Buyer, BuyerLookup
from identity.store.users import is_member


class AddressNotFound(NotFound):
    code = "address_not_found"


def get_managed_buyer(session: Session, buyer_id: UUID, *, user_id: UUID) -> Buyer:
    """Return the user's buyer; the transaction then acts as its maker.

    Raises BuyerNotFound for one of another organisation, and for an offline one (R160).
    """
    found = session.get(BuyerLookup, buyer_id)
    if found is None or not is_member(session, user_id, found.organisation_id):
        raise BuyerNotFound("There is no such buyer.")
    act_as(session, found.maker_id)
    return _connected(session.get(Buyer, buyer_id), found.organisation_id)


def lock_managed_buyer(session: Session, buyer_id: UUID, *, user_id: UUID) -> Buyer:
    """Return the same, row-locked until commit."""
    buyer = get_managed_buyer(session, buyer_id, user_id=user_id)
    organisation_id = buyer.organisation_id
    return _connected(lock_buyer(session, buyer_id), organisation_id)


def get_address(session: Session, buyer: Buyer, address_id: UUID) -> Address:
    """Return one of the buyer's addresses. Raises AddressNotFound."""
    address = session.get(Address, address_id)
    if address is None or address.buyer_id != buyer.id:
        raise AddressNotFound("There is no such address.")
    return address


def _connected(buyer: Buyer | None, organisation_id: UUID | None) -> Buyer:
    if buyer is None or buyer.kind != "connected" or buyer.organisation_id != organisation_id:
        raise BuyerNotFound("There is no such buyer.")
    return buyer
