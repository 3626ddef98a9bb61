"""The delivery ledger's words, in the reader's language."""

from flask_babel import gettext as _


def step_words(state: str) -> str:
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


def claim_words(state: str, recipient: str | None) -> str:
    """Return where the offer to the customer stands, and who got it."""
    words = {
        "sent": _("Claim mail sent"),
        "pending": _("Claim mail on its way"),
        "needs_address": _("Nobody to send the claim to: add an e-mail address"),
        "claimed": _("Claimed"),
        "undone": _("Undone by the brand"),
    }
    said = str(words.get(state, state))
    return f"{said}: {recipient}" if recipient else said


def mail_title(kind: str) -> str:
    words = {
        "order_completed_buyer": _("Order confirmation to the buyer"),
        "order_completed_brand": _("New order to the brand"),
        "upload_attention": _("Upload needs attention"),
        "claim": _("Claim mail"),
    }
    return str(words.get(kind, _("Mail")))
