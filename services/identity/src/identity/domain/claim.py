"""The claim: how the customer gets hold of the buyer that a transition gave it (D19, R205)."""

from datetime import datetime
from enum import StrEnum

from common.errors import Conflict, Gone


class ClaimState(StrEnum):
    OPEN = "open"
    NO_ADDRESS = "no_address"
    CLAIMED = "claimed"
    ENDED = "ended"


class ClaimIsOver(Gone):
    """Used, undone, replaced by a newer one, or older than 14 days."""

    code = "claim_is_over"
    rule = "R204"


class AlreadyClaimed(Conflict):
    """The customer was first; what it has taken over is not taken back (D19)."""

    code = "already_claimed"
    rule = "R204"


def claim_recipient(*, login_email: str | None, contact_email: str | None) -> str | None:
    """Return where the claim goes: the login e-mail, else the contact e-mail, else nowhere."""
    return login_email or contact_email


def check_claimable(state: str, *, expires_at: datetime, now: datetime) -> None:
    """Raise ClaimIsOver unless the claim can still be confirmed."""
    if state != ClaimState.OPEN or now >= expires_at:
        raise ClaimIsOver
