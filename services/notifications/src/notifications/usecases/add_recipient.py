"""Lets an address hear of new orders."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.errors import Conflict, FieldError, Invalid
from common.translations import LANGUAGES
from notifications.domain.addresses import tidy_address
from notifications.domain.recipients import MOST_PER_BRAND
from notifications.store.models import Recipient
from notifications.store.recipients import count_recipients, has_recipient


class TooManyRecipients(Conflict):
    code = "too_many_recipients"
    rule = "R191"


class RecipientKnown(Conflict):
    code = "recipient_known"


def add_recipient(
    session: Session, *, maker_id: UUID, brand_id: UUID | None, email: str, language: str
) -> Recipient:
    """Add the address to the brand's own (at most five, R191), or to the maker's (brand None).

    Raises Invalid, RecipientKnown, TooManyRecipients.
    """
    address = _address(email)
    if language not in LANGUAGES:
        wrong = FieldError("language", "unknown", "Choose one of the languages.")
        raise Invalid("Please check the marked fields.", errors=[wrong])
    count = count_recipients(session, brand_id=brand_id)
    if has_recipient(session, brand_id=brand_id, email=address):
        raise RecipientKnown("This address is in the list already.")
    if brand_id is not None and count >= MOST_PER_BRAND:
        raise TooManyRecipients("A brand has at most five addresses of its own.")
    recipient = Recipient(maker_id=maker_id, brand_id=brand_id, email=address, language=language)
    session.add(recipient)
    session.flush()
    return recipient


def _address(text: str) -> str:
    """Return the address in lower case, as it is compared. Raises Invalid."""
    address = tidy_address(text)
    if address is None:
        wrong = FieldError("email", "invalid", "This is not a mail address.")
        raise Invalid("Please check the marked fields.", errors=[wrong])
    return address
