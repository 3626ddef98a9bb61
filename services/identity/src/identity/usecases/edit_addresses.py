"""The addresses of an offline buyer; a connected one keeps its own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from common.addresses import PostalAddress
from common.audit import Editor, Place, record_change
from common.errors import Conflict, NotFound
from identity.store.buyers import list_addresses
from identity.store.models import Address, Buyer
from identity.store.own_buyers import lock_own_buyer
from identity.usecases.describe_for_log import describe_address, subject_of

MOST = 50


class AddressNotFound(NotFound):
    code = "address_not_found"


class AddressesNotYours(Conflict):
    """A connected buyer's address book is the customer's."""

    code = "addresses_of_customer"


def save_address(
    session: Session,
    buyer_id: UUID,
    address: PostalAddress,
    *,
    address_id: UUID | None,
    is_default: bool,
    by: Editor,
) -> Address:
    """Add the address, or change that one. The first is the default (R109).

    Raises BuyerNotFound, AddressNotFound, AddressesNotYours.
    """
    buyer, own = _locked(session, buyer_id, by)
    before = _seen(buyer, own)
    if address_id is None:
        if len(own) >= MOST:
            raise AddressesNotYours("This buyer has as many addresses as there can be.")
        saved = new_address(buyer, address)
        session.add(saved)
    else:
        saved = _among(own, address_id)
        _change(saved, address)
    session.flush()
    if is_default or buyer.default_address_id is None:
        buyer.default_address_id = saved.id
    _record(session, buyer, before, by)
    return saved


def delete_address(session: Session, buyer_id: UUID, address_id: UUID, *, by: Editor) -> None:
    """Delete it; if it was the default, the oldest of the others takes its place."""
    buyer, own = _locked(session, buyer_id, by)
    before = _seen(buyer, own)
    session.delete(_among(own, address_id))
    session.flush()
    rest = [each for each in own if each.id != address_id]
    if buyer.default_address_id == address_id:
        buyer.default_address_id = rest[0].id if rest else None
    _record(session, buyer, before, by)


def choose_default_address(
    session: Session, buyer_id: UUID, address_id: UUID, *, by: Editor
) -> None:
    """Preselect that one at checkout (R109)."""
    buyer, own = _locked(session, buyer_id, by)
    before = _seen(buyer, own)
    buyer.default_address_id = _among(own, address_id).id
    _record(session, buyer, before, by)


def new_address(buyer: Buyer, address: PostalAddress) -> Address:
    """Return the row of a new address of the buyer."""
    return Address(
        maker_id=buyer.maker_id,
        buyer_id=buyer.id,
        country=address.country,
        addressee=address.addressee,
        zip=address.zip or None,
        state=address.state or None,
        city=address.city or None,
        line1=address.line1,
        line2=address.line2 or None,
        phone=address.phone or None,
    )


def _locked(session: Session, buyer_id: UUID, by: Editor) -> tuple[Buyer, Sequence[Address]]:
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    if buyer.kind != "offline":
        raise AddressesNotYours("The customer keeps the addresses of this buyer.")
    return buyer, list_addresses(session, buyer.id)


def _among(own: Sequence[Address], address_id: UUID) -> Address:
    for each in own:
        if each.id == address_id:
            return each
    raise AddressNotFound("There is no such address.")


def _change(row: Address, address: PostalAddress) -> None:
    row.country, row.addressee, row.line1 = address.country, address.addressee, address.line1
    row.zip, row.state, row.city = address.zip or None, address.state or None, address.city or None
    row.line2, row.phone = address.line2 or None, address.phone or None


def _seen(buyer: Buyer, own: Sequence[Address]) -> dict[str, object]:
    default = next((each for each in own if each.id == buyer.default_address_id), None)
    return {
        "addresses": [describe_address(each) for each in own],
        "default_address": describe_address(default) if default else None,
    }


def _record(session: Session, buyer: Buyer, before: dict[str, object], by: Editor) -> None:
    buyer.version += 1
    after = _seen(buyer, list_addresses(session, buyer.id))
    record_change(
        session,
        actor=by.actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action="buyer_addresses_changed",
        subject=subject_of(buyer),
        before=before,
        after=after,
        now=by.now,
    )
