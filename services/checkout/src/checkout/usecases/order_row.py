"""The row of an order, out of what was confirmed: nothing of them is ever asked for again."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from checkout.domain.confirmed import Confirmed
from checkout.domain.quote import OrderQuote
from checkout.store.models import Order


def order_row(
    confirmed: Confirmed,
    part: OrderQuote,
    snapshot: dict[str, Any],
    *,
    number: str,
    now: datetime,
) -> Order:
    """Return the order's row, not written yet."""
    buyer, actor = confirmed.buyer, confirmed.actor
    note = confirmed.note_for(part.catalog_id)
    return Order(
        maker_id=confirmed.link.maker_id,
        brand_id=confirmed.link.brand_id,
        checkout_attempt_id=confirmed.attempt_id,
        order_number=number,
        catalog_id=part.catalog_id,
        catalog_name=part.catalog_name,
        link_id=confirmed.link.link_id,
        buyer_id=buyer.buyer_id,
        buyer_name=buyer.name,
        buyer_kind=buyer.kind,
        method=actor.method,
        operator=actor.operator,
        actor_user_id=actor.user_id,
        session_id=actor.session_id,
        payment_method=confirmed.payment_method,
        deposit_percent=buyer.terms.deposit_percent,
        language=buyer.terms.language,
        comment=note.comment,
        po_number=note.po_number,
        total=part.total,
        units=sum(line.quantity for line in part.lines),
        snapshot=snapshot | _frame(confirmed),
        address=asdict(confirmed.address) if confirmed.address else None,
        submitted_at=confirmed.submitted_at,
        completed_at=now,
    )


def _frame(confirmed: Confirmed) -> dict[str, Any]:
    """Return who bought from whom, as it was then; later changes do not reach the order (R60)."""
    buyer, brand = confirmed.buyer, confirmed.brand
    return {
        "buyer": {
            "buyer_id": str(buyer.buyer_id),
            "kind": buyer.kind,
            "unique_code": buyer.unique_code,
            "customer_code": buyer.customer_code,
            "name": buyer.name,
            "contact_email": buyer.contact_email,
            "country": buyer.country,
        },
        "brand": {
            "name": brand.name,
            "code": brand.code,
            "maker_name": brand.maker_name,
            "time_zone": brand.time_zone,
        },
        "payment_terms": buyer.terms.payment_terms,
        "recipients": list(buyer.recipients),
        "transition": confirmed.link.transition,
    }
