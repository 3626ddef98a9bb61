"""Add or correct an order's address by hand (R111)."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.address import Address
from checkout.events import OrderAddressChanged
from checkout.store.models import Order
from checkout.store.orders import lock_order
from common.delivery import publish


def add_address(session: Session, order_id: UUID, address: Address, *, brand_id: UUID) -> Order:
    """Write the address on the order alone; the upload that waited for it starts by itself.

    Writing the same again announces nothing. Raises OrderNotFound.
    """
    order = lock_order(session, order_id, brand_ids=[brand_id])
    if order.address == asdict(address):
        return order
    order.address, order.address_by_hand = asdict(address), True
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
