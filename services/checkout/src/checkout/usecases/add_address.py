"""Add or correct an order's address by hand (R111)."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.events import OrderAddressChanged
from checkout.store.models import Order
from checkout.store.orders import lock_order
from checkout.usecases.log_change import log_order_change
from common.addresses import PostalAddress
from common.audit import Editor
from common.delivery import publish


def add_address(session: Session, order_id: UUID, address: PostalAddress, *, by: Editor) -> Order:
    """Write the address on the order alone; the upload that waited for it starts by itself.

    Writing the same again announces nothing. Raises OrderNotFound.
    """
    order = lock_order(session, order_id, brand_ids=by.brand_ids)
    if order.address == asdict(address):
        return order
    before, after = {"address": order.address}, {"address": asdict(address)}
    order.address, order.address_by_hand = asdict(address), True
    log_order_change(session, "order_address_changed", order, by=by, before=before, after=after)
    publish(
        session,
        OrderAddressChanged(
            maker_id=order.maker_id,
            brand_id=order.brand_id,
            aggregate_id=order.id,
            order_id=order.id,
            order_number=order.order_number,
        ),
    )
    return order
