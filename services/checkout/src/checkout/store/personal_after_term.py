"""What the law kept of an erased person's orders goes, too, when the brand's term is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from checkout.store.models import GLOBAL_TABLES
from checkout.store.orders_of_person import list_outlived
from common.privacy import NAME, NULL, Held, Person, Register, within
from common.privacy.erasing import erase_person

SETTLE = text("update orders set erasure_asked_at = null where id = any(:order_ids)")
REGISTER = Register(
    service="checkout",
    held=(
        Held(
            table="orders",
            what="Orders",
            where="id = any(:order_ids)",
            columns={
                "buyer_name": NAME,
                "address": NULL,
                "po_number": NULL,
                "operator": NULL,
                "snapshot": within({"buyer.name": NAME, "lines.*.note": NULL}),
            },
        ),
        Held(
            table="order_lines",
            what="Lines of orders",
            where="order_id = any(:order_ids)",
            columns={"note": NULL},
        ),
        Held(
            table="payments",
            what="Card payments",
            where="id in (select checkout_attempt_id from orders where id = any(:order_ids))",
            columns={"buyer_name": NAME},
        ),
    ),
    passing={},
    harmless={},
    global_tables=GLOBAL_TABLES,
)


def erase_outlived(
    session: Session, maker_id: UUID, *, completed_before: datetime, at_most: int
) -> int:
    """Take names and addresses out of so many orders of the maker; return how many it were."""
    ids = list_outlived(session, completed_before=completed_before, at_most=at_most)
    if ids:
        person = Person(emails=(), maker_ids=(maker_id,), is_whole=False, order_ids=tuple(ids))
        erase_person(session, REGISTER, person)
        session.execute(SETTLE, {"order_ids": ids})
    return len(ids)
