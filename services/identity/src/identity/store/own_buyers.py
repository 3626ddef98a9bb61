"""Buyers as their brand's staff writes them: found within its brands, unique where they must be."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.errors import FieldError, Invalid
from identity.domain.buyer_details import BuyerInvalid
from identity.domain.deletion import Ties
from identity.store.buyers import BuyerNotFound
from identity.store.models import (
    Address,
    Buyer,
    BuyerInvitation,
    BuyerLookup,
    Claim,
    OwnershipChange,
    Recipient,
    TransitionOutcome,
)


class CodeTaken(Invalid):
    """Another buyer of the brand has this unique code, letters' case aside (R47)."""

    code = "unique_code_taken"
    rule = "R47"


class LoginTaken(Invalid):
    """Another buyer of the brand signs in to links with this e-mail (D12)."""

    code = "login_email_taken"
    rule = "D12"


def get_own_buyer(session: Session, buyer_id: UUID, *, brand_ids: Collection[UUID]) -> Buyer:
    """Return a buyer of one of these brands. Raises BuyerNotFound, also for others' (R203)."""
    query = select(Buyer).where(Buyer.id == buyer_id, Buyer.brand_id.in_(brand_ids))
    buyer = session.scalars(query).one_or_none()
    if buyer is None:
        raise BuyerNotFound("There is no such buyer.")
    return buyer


def lock_own_buyer(session: Session, buyer_id: UUID, *, brand_ids: Collection[UUID]) -> Buyer:
    """Return it row-locked until commit. Raises BuyerNotFound."""
    query = select(Buyer).where(Buyer.id == buyer_id, Buyer.brand_id.in_(brand_ids))
    locked = query.with_for_update().execution_options(populate_existing=True)
    buyer = session.scalars(locked).one_or_none()
    if buyer is None:
        raise BuyerNotFound("There is no such buyer.")
    return buyer


def lock_own_buyers(
    session: Session, ids: Collection[UUID], *, brand_ids: Collection[UUID]
) -> Sequence[Buyer]:
    """Return those of these brands, row-locked in the order of their ids."""
    query = select(Buyer).where(Buyer.id.in_(ids), Buyer.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(Buyer.id).with_for_update()).all()


def is_code_taken(session: Session, brand_id: UUID, code: str) -> bool:
    same = func.upper(Buyer.unique_code) == func.upper(code)
    return bool(session.scalar(select(exists().where(Buyer.brand_id == brand_id, same))))


def flush_unique(session: Session) -> None:
    """Write what is pending.

    Raises CodeTaken, LoginTaken when the brand has such a one already, and BuyerInvalid at
    `trade_term` when the term was removed a moment ago.
    """
    try:
        session.flush()
    except IntegrityError as wrong:
        constraint = getattr(getattr(wrong.orig, "diag", None), "constraint_name", "")
        if constraint == "uq_buyers_unique_code":
            told = "Another buyer of this brand has this code."
            raise CodeTaken(told, errors=[FieldError("unique_code", "taken", told)]) from wrong
        if constraint == "uq_buyers_login_email":
            told = "Another buyer of this brand signs in with this email."
            raise LoginTaken(told, errors=[FieldError("login_email", "taken", told)]) from wrong
        if constraint == "fk_buyers_trade_term_id_trade_terms":
            gone = FieldError(
                "trade_term",
                "not_enabled",
                "This trade term was removed just now. Please choose another.",
            )
            raise BuyerInvalid("Some fields are not right.", errors=[gone]) from wrong
        raise


def replace_recipients(session: Session, buyer: Buyer, emails: Sequence[str]) -> None:
    """Let exactly these get the buyer's order mails (R189)."""
    session.execute(delete(Recipient).where(Recipient.buyer_id == buyer.id))
    session.add_all(
        Recipient(maker_id=buyer.maker_id, buyer_id=buyer.id, email=email) for email in emails
    )


def read_ties(session: Session, buyers: Sequence[Buyer]) -> dict[UUID, Ties]:
    """Return what each of the (locked) buyers is tied by; an order counts once it has completed."""
    ids = [buyer.id for buyer in buyers]
    ordered = set(
        session.scalars(
            select(TransitionOutcome.buyer_id).where(TransitionOutcome.buyer_id.in_(ids))
        )
    ) | set(session.scalars(select(Claim.buyer_id).where(Claim.buyer_id.in_(ids))))
    invited = set(
        session.scalars(
            select(BuyerInvitation.buyer_id).where(
                BuyerInvitation.buyer_id.in_(ids),
                BuyerInvitation.state == "open",
                BuyerInvitation.expires_at > func.now(),
            )
        )
    )
    return {
        buyer.id: Ties(buyer.kind == "offline", buyer.id in ordered, buyer.id in invited)
        for buyer in buyers
    }


def delete_untied(session: Session, ids: Collection[UUID]) -> None:
    """Delete buyers that nothing keeps, with what belongs to them alone."""
    for table in (Address, Recipient, BuyerInvitation, OwnershipChange):
        session.execute(delete(table).where(table.buyer_id.in_(ids)))
    session.execute(delete(BuyerLookup).where(BuyerLookup.buyer_id.in_(ids)))
    session.execute(delete(Buyer).where(Buyer.id.in_(ids)))
