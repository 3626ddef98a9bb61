"""The kinds of mail. A kind's name is the name of its folder under templates/mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BUYER, STAFF, PERSON = "buyer", "staff", "person"


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """One kind: whom it is for, what identity calls it, and whether a brand may switch it off."""

    name: str
    reader: str
    """buyer: of an order; staff: an address of brand or maker; person: somebody's account."""
    asked_as: str | None = None
    """identity's name for it, where identity asks for it."""
    has_secret: bool = False
    """Whether a page or a code is asked from identity while sending; it is never stored."""

    @property
    def has_switch(self) -> bool:
        """Mails about accounts are owed to the person; those about orders are the brand's choice."""
        return self.asked_as is None


ORDER_COMPLETED_BUYER = "order_completed_buyer"
ORDER_COMPLETED_BRAND = "order_completed_brand"
UPLOAD_ATTENTION = "upload_attention"
PAYMENT_REFUNDED_BUYER = "payment_refunded_buyer"
PAYMENT_REFUNDED_BRAND = "payment_refunded_brand"
WEBHOOK_PAUSED = "webhook_paused"
CLAIM = "claim"

_ALL = (
    MailKind(name=ORDER_COMPLETED_BUYER, reader=BUYER),
    MailKind(name=ORDER_COMPLETED_BRAND, reader=STAFF),
    MailKind(name=UPLOAD_ATTENTION, reader=STAFF),
    MailKind(name=PAYMENT_REFUNDED_BUYER, reader=BUYER),
    MailKind(name=PAYMENT_REFUNDED_BRAND, reader=STAFF),
    MailKind(name=WEBHOOK_PAUSED, reader=STAFF),
    MailKind(name=CLAIM, reader=PERSON, asked_as="claim", has_secret=True),
    MailKind(name="transition_receipt_customer", reader=PERSON, asked_as="transition_receipt"),
    MailKind(name="transition_receipt_brand", reader=PERSON, asked_as="transition_receipt"),
    MailKind(name="invitation_brand", reader=PERSON, asked_as="invitation", has_secret=True),
    MailKind(name="invitation_team", reader=PERSON, asked_as="invitation", has_secret=True),
    MailKind(name="invitation_organisation", reader=PERSON, asked_as="invitation", has_secret=True),
    MailKind(
        name="verification_code", reader=PERSON, asked_as="verification_code", has_secret=True
    ),
    MailKind(name="account_exists", reader=PERSON, asked_as="account_exists"),
    MailKind(name="password_reset", reader=PERSON, asked_as="password_reset", has_secret=True),
    MailKind(name="email_change", reader=PERSON, asked_as="email_change", has_secret=True),
    MailKind(name="email_changed", reader=PERSON, asked_as="email_changed"),
)
KINDS: Mapping[str, MailKind] = {kind.name: kind for kind in _ALL}
REQUESTED = frozenset(kind.asked_as for kind in _ALL if kind.asked_as)
"""What identity may ask for, in its own words."""
WITH_SWITCH = tuple(kind.name for kind in _ALL if kind.has_switch)


def kind_of_request(asked: str, values: Mapping[str, Any]) -> str:
    """Return our kind: a receipt is one of two sides', an invitation is to one of three things."""
    part = {"transition_receipt": "side", "invitation": "what"}.get(asked)
    return f"{asked}_{values[part]}" if part else asked
