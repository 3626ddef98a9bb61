"""Card payments: rows, who may see them, which pages are open."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.carts import own_cart
from checkout.store.models import Cart, Payment, PaymentDirectory
from common.delivery import OutboundCall, retry_call
from common.errors import NotFound

OPEN = ("opening", "open")
UNSETTLED = ("opening", "open", "refunding")
ANY_OPEN = text(
    "select 1 from payments where cart_id = :cart_id and state in ('opening', 'open') limit 1"
)


class PaymentNotFound(NotFound):
    """Not there, or another browser's, which is the same to who asks (R160)."""

    code = "payment_not_found"
    rule = "R160"


def add_payment(session: Session, payment: Payment) -> None:
    """Write a new payment and where it is found; its cart may have no other open page."""
    session.add(payment)
    place = {
        "payment_id": payment.id,
        "maker_id": payment.maker_id,
        "link_id": payment.link_id,
    }
    session.execute(insert(PaymentDirectory).values(place).on_conflict_do_nothing())
    session.flush()


def find_place(session: Session, payment_id: UUID) -> PaymentDirectory | None:
    """Return which maker's it is and of which link; global, so any transaction may ask."""
    return session.get(PaymentDirectory, payment_id)


def get_payment(session: Session, payment_id: UUID) -> Payment:
    """Return the payment as it is now. Raises PaymentNotFound."""
    query = select(Payment).where(Payment.id == payment_id)
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise PaymentNotFound("There is no such payment.")
    return found


def find_payment(session: Session, payment_id: UUID) -> Payment | None:
    return session.get(Payment, payment_id)


def lock_payment(session: Session, payment_id: UUID) -> Payment:
    """Return the payment, row-locked until commit. Raises PaymentNotFound."""
    query = select(Payment).where(Payment.id == payment_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise PaymentNotFound("There is no such payment.")
    return found


def list_open_of_cart(session: Session, cart_id: UUID) -> Sequence[Payment]:
    """Return the pages of a cart that may still be paid; hardly ever is there one."""
    if session.execute(ANY_OPEN, {"cart_id": cart_id}).one_or_none() is None:
        return ()
    query = select(Payment).where(Payment.cart_id == cart_id, Payment.state.in_(OPEN))
    return session.scalars(query.order_by(Payment.id)).all()


def find_open_page(
    session: Session,
    *,
    session_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
    catalog_id: UUID | None,
) -> Payment | None:
    """Return the browser's payment page for its cart there, while it may still be paid."""
    query = (
        select(Payment)
        .join(Cart, Cart.id == Payment.cart_id)
        .where(*own_cart(buyer_id, link_id, catalog_id), Payment.session_id == session_id)
        .where(Payment.state.in_(OPEN), Payment.closing_reason.is_(None))
    )
    return session.scalars(query.order_by(Payment.id).limit(1)).one_or_none()


def list_payments(
    session: Session, *, brand_ids: Collection[UUID], size: int = 50
) -> Sequence[Payment]:
    """Return the brands' newest payments."""
    query = select(Payment).where(Payment.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(Payment.id.desc()).limit(size)).all()


def close_pages(session: Session, pages: Sequence[Payment], *, reason: str) -> None:
    """Have these pages expired at Stripe soon; what is paid there all the same is given back."""
    for page in pages:
        if page.closing_reason is None:
            page.closing_reason = reason
            wake(session, page)
    if pages:
        session.flush()


def list_open_of_link(session: Session, link_id: UUID) -> Sequence[Payment]:
    query = select(Payment).where(Payment.link_id == link_id, Payment.state.in_(OPEN))
    return session.scalars(query.with_for_update()).all()


def list_asleep(session: Session, *, size: int = 100) -> Sequence[tuple[Payment, OutboundCall]]:
    """Return the maker's unsettled payments over which nobody watches any more, and their calls."""
    query = (
        select(Payment, OutboundCall)
        .join(OutboundCall, OutboundCall.id == Payment.call_id)
        .where(Payment.state.in_(UNSETTLED), OutboundCall.state.in_(("dead", "done")))
    )
    rows = session.execute(query.order_by(Payment.id).limit(size))
    return [(payment, call) for payment, call in rows]


def wake(session: Session, payment: Payment) -> None:
    """Let whoever watches over the payment look at it now."""
    if payment.call_id is not None:
        retry_call(session, payment.call_id)


def list_payments_of(session: Session, attempt_ids: Collection[UUID]) -> Sequence[Payment]:
    """Return the payments of these checkouts."""
    return session.scalars(select(Payment).where(Payment.id.in_(attempt_ids))).all()
