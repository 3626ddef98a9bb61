"""Delete offline buyers that nothing keeps; the others are skipped, each with its reason (R166)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Editor, Place, record_change
from identity.domain.deletion import SENTENCES, CannotDelete, Fate, fate_of
from identity.store.buyer_sessions import delete_all_sessions_of_buyer
from identity.store.buyers import BuyerNotFound
from identity.store.models import Buyer
from identity.store.own_buyers import delete_untied, lock_own_buyers, read_ties
from identity.usecases.describe_for_log import subject_of


@dataclass(frozen=True, slots=True)
class Deleted:
    """What became of each buyer asked about, by id; names only of those that are one's own."""

    fates: dict[UUID, Fate]
    names: dict[UUID, str]
    dead_copies: list[str]


def delete_buyers(session: Session, ids: Collection[UUID], *, by: Editor) -> Deleted:
    """Delete what may be deleted and say what became of each; another brand's is UNKNOWN."""
    buyers = lock_own_buyers(session, ids, brand_ids=by.brand_ids)
    ties = read_ties(session, buyers)
    fates = dict.fromkeys(ids, Fate.UNKNOWN)
    fates |= {buyer.id: fate_of(ties[buyer.id]) for buyer in buyers}
    going = [buyer for buyer in buyers if fates[buyer.id] is Fate.DELETED]
    dead = [key for buyer in going for key in delete_all_sessions_of_buyer(session, buyer.id)]
    for buyer in going:
        _record(session, buyer, by)
    delete_untied(session, [buyer.id for buyer in going])
    return Deleted(fates, {buyer.id: buyer.name for buyer in buyers}, dead)


def delete_buyer(session: Session, buyer_id: UUID, *, by: Editor) -> Deleted:
    """Delete this one. Raises BuyerNotFound, CannotDelete with the reason."""
    done = delete_buyers(session, [buyer_id], by=by)
    fate = done.fates[buyer_id]
    if fate is Fate.UNKNOWN:
        raise BuyerNotFound("There is no such buyer.")
    if fate is not Fate.DELETED:
        raise CannotDelete(SENTENCES[fate], code=f"buyer_{fate}")
    return done


def _record(session: Session, buyer: Buyer, by: Editor) -> None:
    record_change(
        session,
        actor=by.actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action="buyer_deleted",
        subject=subject_of(buyer),
        before={"unique_code": buyer.unique_code, "contact_email": buyer.contact_email},
        now=by.now,
    )
