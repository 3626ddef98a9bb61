"""Tell both sides in writing what moved, what stayed and what ended (R163, R165)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.delivery import publish
from common.ids import new_id
from identity.events import MailRequested
from identity.store.brands import get_brand, get_maker
from identity.store.models import Buyer, Organisation, User
from identity.store.staff import list_owners_of_brand

MOVED = ["orders", "addresses", "recipients"]
STAYED = ["trading_terms", "unique_code", "passcode"]
ENDED = ["link_login"]


def send_receipts(
    session: Session, buyer: Buyer, user: User, *, has_joined: bool, now: datetime
) -> None:
    """Ask for one mail to whoever claimed, and one to each owner of the brand."""
    values = _values(session, buyer, user, has_joined=has_joined, now=now)
    customer = {**values, "side": "customer", "path": f"/app/buyers/{buyer.id}"}
    _ask(session, buyer, user, customer)
    brand = {**values, "side": "brand", "path": f"/buyers/{buyer.id}"}
    for owner in list_owners_of_brand(session, buyer.brand_id):
        _ask(session, buyer, owner, brand)


def _values(
    session: Session, buyer: Buyer, user: User, *, has_joined: bool, now: datetime
) -> dict[str, Any]:
    return {
        "brand_name": get_brand(session, buyer.brand_id).name,
        "maker_name": get_maker(session, buyer.maker_id).name,
        "buyer_name": buyer.name,
        "unique_code": buyer.unique_code,
        "organisation_name": session.get_one(Organisation, buyer.organisation_id).name,
        "user_name": user.name,
        "how": "joined" if has_joined else "kept",
        "claimed_at": now,
        "moved": MOVED,
        "stayed": [each for each in STAYED if each != "passcode" or buyer.passcode_hash],
        "ended": ENDED,
    }


def _ask(session: Session, buyer: Buyer, to: User, values: dict[str, Any]) -> None:
    reference = new_id()
    publish(
        session,
        MailRequested(
            maker_id=buyer.maker_id,
            brand_id=buyer.brand_id,
            aggregate_id=reference,
            reference_id=reference,
            kind="transition_receipt",
            recipient=to.email,
            language=to.language,
            time_zone=get_maker(session, buyer.maker_id).time_zone,
            values=values,
            order_id=None,
        ),
    )
