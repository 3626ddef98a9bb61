"""The delivery ledger of an order: what followed from it, where it stands, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from checkout.store.models import LedgerEntry, Payment, Slip
from checkout.web.payment_view import payment_row
from common.web.pages import money

TONES = {
    "pending": "waiting",
    "sending": "sending",
    "unknown": "waiting",
    "accepted": "sent",
    "done": "accepted",
    "dead": "failed",
    "moved": "accepted",
    "already_moved": "accepted",
    "not_asked_for": "skipped",
    "not_offline": "skipped",
    "not_connected": "skipped",
    "not_yen": "skipped",
    "placed": "accepted",
    "refunding": "sending",
    "refunded": "skipped",
}
"""Our states as the layout's colours."""
RETRIABLE = {"pending", "unknown", "dead", "not_connected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One consequence. `kind` is payment, transition, upload or mail; `tone` a state of the layout."""

    kind: str
    subject: str
    state: str
    tone: str
    title: str
    words: str
    detail: str | None
    reason: str | None
    cure: str | None
    reference: str | None
    attempts: int
    at: datetime | None

    @property
    def can_retry(self) -> bool:
        """A pending row is retried once it is written at all."""
        return self.state in RETRIABLE and bool(self.subject)


def ledger_rows(
    entries: Sequence[LedgerEntry], slips: Sequence[Slip], payment: Payment | None = None
) -> list[LedgerRow]:
    """Return payment, transition, uploads and mails; what is still to come is waiting."""
    kept = {entry.kind: entry for entry in entries}
    rows = [_payment(payment)] if payment is not None else []
    rows += [_transition(kept.get("transition"), kept.get("claim"))]
    rows += [_upload(slip) for slip in slips] or [_waiting("upload", _("NEXT ENGINE"))]
    return rows + [_mail(entry) for entry in entries if entry.kind == "mail"]


def _payment(payment: Payment) -> LedgerRow:
    row = payment_row(payment)
    return LedgerRow(
        kind="payment",
        subject="",
        state=payment.state,
        tone=TONES.get(payment.state, "waiting"),
        title=_("Card payment"),
        words=row.words,
        detail=money(payment.amount),
        reason=row.reason,
        cure=None,
        reference=row.reference,
        attempts=1,
        at=row.at,
    )


def _transition(entry: LedgerEntry | None, claim: LedgerEntry | None) -> LedgerRow:
    if entry is None:
        return _waiting("transition", _("Buyer transition"))
    return LedgerRow(
        kind="transition",
        subject="transition",
        state=entry.state,
        tone=TONES.get(entry.state, "waiting"),
        title=_("Buyer transition"),
        words=_state(entry.state),
        detail=_claim(claim) if claim else None,
        reason=entry.note,
        cure=None,
        reference=None,
        attempts=entry.attempts,
        at=entry.changed_at,
    )


def _upload(slip: Slip) -> LedgerRow:
    return LedgerRow(
        kind="upload",
        subject=str(slip.position),
        state=slip.state,
        tone=TONES.get(slip.state, "waiting"),
        title=_("NEXT ENGINE"),
        words=_state(slip.state),
        detail=slip.slip_number,
        reason=_(slip.reason) if slip.reason else None,
        cure=_(slip.cure) if slip.cure else None,
        reference=slip.remote_id,
        attempts=slip.attempts,
        at=slip.changed_at,
    )


def _mail(entry: LedgerEntry) -> LedgerRow:
    return LedgerRow(
        kind="mail",
        subject=entry.subject,
        state=entry.state,
        tone=TONES.get(entry.state, "waiting"),
        title=_mail_title(entry.what),
        words=_("Sent") if entry.state == "done" else _state(entry.state),
        detail=entry.recipient,
        reason=entry.note if entry.state != "done" else None,
        cure=_("Check the address, then try again.") if entry.state == "dead" else None,
        reference=None,
        attempts=entry.attempts,
        at=entry.changed_at,
    )


def _waiting(kind: str, title: str) -> LedgerRow:
    return LedgerRow(
        kind=kind,
        subject="transition" if kind == "transition" else "",
        state="pending",
        tone="waiting",
        title=title,
        words=_("Waiting"),
        detail=None,
        reason=None,
        cure=None,
        reference=None,
        attempts=0,
        at=None,
    )


def _state(state: str) -> str:
    words = {
        "pending": _("Waiting"),
        "sending": _("Sending"),
        "unknown": _("In doubt, being looked up"),
        "accepted": _("Accepted, being imported"),
        "done": _("Done"),
        "dead": _("Failed"),
        "moved": _("Moved to the customer"),
        "already_moved": _("Already the customer's"),
        "not_asked_for": _("Not asked for"),
        "not_offline": _("Not an offline buyer"),
        "not_connected": _("Not connected"),
        "not_yen": _("Not uploaded"),
    }
    return str(words.get(state, state))


def _claim(claim: LedgerEntry) -> str:
    words = {
        "sent": _("Claim mail sent"),
        "pending": _("Claim mail on its way"),
        "needs_address": _("Nobody to send the claim to: add an e-mail address"),
        "claimed": _("Claimed"),
        "undone": _("Undone by the brand"),
    }
    said = str(words.get(claim.state, claim.state))
    return f"{said}: {claim.recipient}" if claim.recipient else said


def _mail_title(kind: str) -> str:
    words = {
        "order_completed_buyer": _("Order confirmation to the buyer"),
        "order_completed_brand": _("New order to the brand"),
        "claim": _("Claim mail"),
    }
    return str(words.get(kind, _("Mail")))
