"""Offers to connect: while they are open, once, 14 days."""

from datetime import datetime

from common.errors import Conflict, Gone


class InvitationIsOver(Gone):
    """Accepted, withdrawn, replaced by a newer one, or too old."""

    code = "invitation_is_over"


class AlreadyConnected(Conflict):
    """The buyer belongs to a customer's organisation; there is nobody to invite."""

    code = "already_connected"


def is_pending(state: str, *, expires_at: datetime, now: datetime) -> bool:
    """Say whether the customer can still accept (also: whether the buyer is kept, R166)."""
    return state == "open" and now < expires_at


def check_pending(state: str, *, expires_at: datetime, now: datetime) -> None:
    """Raise InvitationIsOver unless the customer can still accept."""
    if not is_pending(state, expires_at=expires_at, now=now):
        raise InvitationIsOver
