"""Who gets a connected buyer's order mails: its customer keeps the list (R189)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.errors import FieldError, Invalid
from identity.domain.email import is_email, normal
from identity.store.buyers import list_recipients
from identity.store.managed_buyers import lock_managed_buyer
from identity.store.models import Recipient
from identity.store.users import get_user
from identity.usecases.keep_address_book import Keeper

MOST = 10


def keep_recipients(session: Session, buyer_id: UUID, emails: Sequence[str], *, by: Keeper) -> None:
    """Make these, each once, the recipients. Raises Invalid at `emails`, BuyerNotFound."""
    buyer = lock_managed_buyer(session, buyer_id, user_id=by.user_id)
    wished = list(dict.fromkeys(normal(each) for each in emails if each.strip()))
    _check(wished)
    before = list(list_recipients(session, buyer.id))
    session.execute(delete(Recipient).where(Recipient.buyer_id == buyer.id))
    session.add_all(
        Recipient(maker_id=buyer.maker_id, buyer_id=buyer.id, email=each) for each in wished
    )
    buyer.version += 1
    user = get_user(session, by.user_id)
    record_change(
        session,
        actor=Actor("user", user.id, user.name),
        place=Place(buyer.maker_id, buyer.brand_id),
        action="buyer_edited",
        subject=Subject("buyer", buyer.id, buyer.name),
        before={"recipients": before},
        after={"recipients": sorted(wished)},
        now=by.now,
    )


def _check(wished: Sequence[str]) -> None:
    errors = []
    if len(wished) > MOST:
        errors.append(FieldError("emails", "too_many", "There can be ten recipients."))
    if not all(is_email(each) for each in wished):
        errors.append(FieldError("emails", "email", "Please give complete email addresses."))
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
