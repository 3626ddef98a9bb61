"""The delivery ledger of an order: what followed from it, where it stands, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from checkout.store.models import LedgerEntry, Payment, Slip
from checkout.web.ledger_words import claim_words, mail_title, step_words
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
    """One consequence. `kind` is payment, transition, upload or mail."""

    kind: str
    title: str
    subject: str = ""
    state: str = "pending"
    words: str
    detail: str | None = None
    reason: str | None = None
    cure: str | None = None
    reference: str | None = None
    attempts: int = 0
    at: datetime | None = None

    @property
    def tone(self) -> str:
        """The state as the layout colours it."""
        return TONES.get(self.state, "waiting")

    @property
    def can_retry(self) -> bool:
        """A pending row is retried once it is written at all."""
        return self.state in RETRIABLE and bool(self.subject)


def ledger_rows(
    entries: Sequence[LedgerEntry], slips: Sequence[Slip], payment: Payment | None = None
) -> list[LedgerRow]:
    """Return payment, transition, uploads and mails; what is still to come is waiting."""
    kept = {entry.kind: entry for entry in entries}
    to_come = LedgerRow(kind="upload", title=_("NEXT ENGINE"), words=_("Waiting"))
    rows = [_payment(payment)] if payment is not None else []
    rows += [_transition(kept.get("transition"), kept.get("claim"))]
    rows += [_upload(slip) for slip in slips] or [to_come]
    return rows + [_mail(entry) for entry in entries if entry.kind == "mail"]


def _payment(payment: Payment) -> LedgerRow:
    row = payment_row(payment)
    return LedgerRow(
        kind="payment",
        title=_("Card payment"),
        state=payment.state,
        words=row.words,
        detail=money(payment.amount),
        reason=row.reason,
        reference=row.reference,
        attempts=1,
        at=row.at,
    )


def _transition(entry: LedgerEntry | None, claim: LedgerEntry | None) -> LedgerRow:
    if entry is None:
        return LedgerRow(
            kind="transition",
            title=_("Buyer transition"),
            subject="transition",
            words=_("Waiting"),
        )
    return LedgerRow(
        kind="transition",
        title=_("Buyer transition"),
        subject="transition",
        state=entry.state,
        words=step_words(entry.state),
        detail=claim_words(claim.state, claim.recipient) if claim else None,
        reason=entry.note,
        attempts=entry.attempts,
        at=entry.changed_at,
    )


def _upload(slip: Slip) -> LedgerRow:
    return LedgerRow(
        kind="upload",
        title=_("NEXT ENGINE"),
        subject=str(slip.position),
        state=slip.state,
        words=step_words(slip.state),
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
        title=mail_title(entry.what),
        subject=entry.subject,
        state=entry.state,
        words=_("Sent") if entry.state == "done" else step_words(entry.state),
        detail=entry.recipient,
        reason=entry.note if entry.state != "done" else None,
        cure=_("Check the address, then try again.") if entry.state == "dead" else None,
        attempts=entry.attempts,
        at=entry.changed_at,
    )
