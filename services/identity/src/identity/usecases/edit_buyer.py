"""Change what a brand wrote about a buyer. Orders placed before keep their snapshot (R60)."""

from dataclasses import fields
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Editor, Place, record_change
from common.errors import PreconditionFailed
from identity.domain.buyer_details import BuyerDetails
from identity.domain.methods import Method
from identity.store.brands import list_trade_terms
from identity.store.buyers import list_recipients
from identity.store.models import Buyer
from identity.store.own_buyers import flush_unique, lock_own_buyer, replace_recipients
from identity.store.sessions import delete_sessions_of_buyer
from identity.usecases.describe_for_log import describe_for_log, subject_of

ELSEWHERE = {"recipients"}
"""Fields of the details that are no columns of the buyer."""


class BuyerChanged(PreconditionFailed):
    """Somebody saved the buyer since it was read."""

    code = "buyer_changed"


def edit_buyer(
    session: Session,
    buyer_id: UUID,
    details: BuyerDetails,
    *,
    version: int,
    by: Editor,
) -> tuple[Buyer, list[str]]:
    """Return the buyer and the copies of sessions to bury after the commit.

    `version` is what the editor saw. A connected buyer's recipients are its own and stay.
    Raises BuyerNotFound, BuyerChanged, what `flush_unique` raises.
    """
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    if buyer.version != version:
        raise BuyerChanged("Somebody changed this buyer meanwhile. Please look at it again.")
    codes = {term.id: term.code for term in list_trade_terms(session)}
    listed = list(list_recipients(session, buyer.id))
    recipients = details.recipients if buyer.kind == "offline" else listed
    before = describe_for_log(buyer, recipients=listed, term_codes=codes)
    dead = apply_details(session, buyer, details)
    if sorted(recipients) != listed:
        replace_recipients(session, buyer, recipients)
    after = describe_for_log(buyer, recipients=recipients, term_codes=codes)
    if before != after:
        record_change(
            session,
            actor=by.actor,
            place=Place(buyer.maker_id, buyer.brand_id),
            action="buyer_edited",
            subject=subject_of(buyer),
            before=before,
            after=after,
            now=by.now,
        )
    return buyer, dead


def apply_details(session: Session, buyer: Buyer, details: BuyerDetails) -> list[str]:
    """Set the columns, count the version up; a new unique code ends what the old one opened."""
    code = details.unique_code or buyer.unique_code
    is_new_code = code.upper() != buyer.unique_code.upper()
    for each in fields(details):
        if each.name not in ELSEWHERE:
            setattr(buyer, each.name, getattr(details, each.name))
    buyer.unique_code = code
    buyer.version += 1
    flush_unique(session)
    if not is_new_code:
        return []
    return delete_sessions_of_buyer(session, buyer.id, method=Method.BRAND_CREDENTIALS)
