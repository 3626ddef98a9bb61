"""The page of one buyer, also when something about it was just refused or is shown once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from common.sessions import Claims
from identity.deps import deps
from identity.domain.invitation import is_pending
from identity.domain.roles import OWNERS
from identity.store.brands import get_brand, list_trade_terms
from identity.store.buyer_sessions import list_sessions_of_buyer
from identity.store.buyers import list_addresses, list_recipients
from identity.store.claims import find_latest_claim
from identity.store.invitations import find_latest_invitation
from identity.store.own_buyers import get_own_buyer
from identity.store.transitions import list_changes
from identity.web.buyer_words import address_lines, country_name


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says beyond the buyer."""

    once: Mapping[str, str] = field(default_factory=dict)
    """Secrets that were just made, by kind: login_password, passcode. Shown in this answer only."""
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False


def render_buyer(staff: Claims, buyer_id: UUID, said: Said | None = None) -> str:
    """Return the page. Raises BuyerNotFound."""
    with deps().database.transaction(staff.maker_id) as session:
        shown = _shown(session, staff, buyer_id)
    changes = shown["changes"]
    shown["waits"] = bool(changes) and changes[-1].change == "moved"
    return render_template(
        "identity/buyer.html",
        said=said or Said(),
        country_name=country_name,
        address_lines=address_lines,
        **shown,
    )


def _shown(session: Session, staff: Claims, buyer_id: UUID) -> dict[str, Any]:
    now = deps().now()
    buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    offer = find_latest_invitation(session, buyer.id)
    is_open = offer is not None and is_pending(offer.state, expires_at=offer.expires_at, now=now)
    return {
        "buyer": buyer,
        "brand": get_brand(session, buyer.brand_id),
        "term": {term.id: term for term in list_trade_terms(session)}[buyer.trade_term_id],
        "addresses": list_addresses(session, buyer.id),
        "recipients": list_recipients(session, buyer.id),
        "changes": list_changes(session, buyer.id),
        "claim": find_latest_claim(session, buyer.id),
        "invitation": offer if is_open else None,
        "sessions": list_sessions_of_buyer(session, buyer.id, now=now),
        "reads_log": staff.role in OWNERS,
    }
