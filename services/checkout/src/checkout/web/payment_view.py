"""A card payment in words: for the brand's list, an order's page, a receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from checkout.store.models import Payment
from checkout.web.words import payment_words
from common.money import Money

TONES = {
    "placed": "good",
    "refunding": "warn",
    "refunded": "neutral",
    "opening": "warn",
    "open": "accent",
    "failed": "bad",
    "expired": "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """`reason` says why there is no order, or why the money is not back yet."""

    id: str
    buyer_name: str
    amount: Money
    state: str
    words: str
    tone: str
    reason: str | None
    reference: str | None
    at: datetime
    zone: str

    @property
    def needs_attention(self) -> bool:
        return self.state in ("refunding", "failed")


def payment_rows(payments: Iterable[Payment]) -> list[PaymentRow]:
    return [payment_row(payment) for payment in payments]


def payment_row(payment: Payment) -> PaymentRow:
    return PaymentRow(
        id=str(payment.id),
        buyer_name=payment.buyer_name,
        amount=payment.amount,
        state=payment.state,
        words=payment_state_words(payment.state),
        tone=TONES[payment.state],
        reason=_reason(payment),
        reference=payment.refund_id or payment.payment_intent_id,
        at=payment.refunded_at or payment.paid_at or payment.submitted_at,
        zone=str(payment.confirmed["brand"]["time_zone"]),
    )


def paid_words(method: str, payment: Payment | None) -> str:
    """Return how an order is paid, and by card also where that stands."""
    words = payment_words(method)
    return f"{words} · {payment_state_words(payment.state)}" if payment else words


def payment_state_words(state: str) -> str:
    words = {
        "placed": _("Paid"),
        "refunding": _("Being refunded"),
        "refunded": _("Refunded"),
        "opening": _("Opening the page"),
        "open": _("Not paid yet"),
        "failed": _("No payment page"),
        "expired": _("Not paid, closed"),
    }
    return str(words.get(state, state))


def _reason(payment: Payment) -> str | None:
    if payment.state == "failed":
        return payment.note
    if payment.closing_reason is None:
        return payment.note if payment.state == "refunding" else None
    said = _cause(payment.closing_reason)
    trouble = payment.note if payment.state == "refunding" else None
    return f"{said} {trouble}" if trouble else said


def _cause(cause: str) -> str:
    """Return for the brand why a page was closed or its money given back (D21)."""
    words = {
        "link_void": _("The link was voided meanwhile."),
        "link_deleted": _("The link was deleted meanwhile."),
        "link_view_only": _("The link was made view-only meanwhile."),
        "catalog_closed": _("A catalog was closed meanwhile."),
        "catalog_deleted": _("A catalog was deleted meanwhile."),
        "grant_revoked": _("The buyer's access to a catalog was revoked meanwhile."),
        "superseded": _("The buyer ordered the same cart again."),
        "amount_differs": _("Stripe charged another amount than the order's."),
    }
    return str(words.get(cause, cause))
