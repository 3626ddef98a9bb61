"""What a mail leads to, made while the mail is being sent and stored as a hash only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import NotFound
from common.sessions import hash_of
from identity.domain.claim import ClaimIsOver, check_claimable
from identity.domain.invitation import InvitationIsOver, check_pending
from identity.domain.mail_token import mail_token
from identity.store.claims import find_secret, get_claim
from identity.store.invitations import lock_invitation
from identity.store.models import MailSecret

PATHS = {"claim": "/account/claims/", "invitation": "/account/invitations/"}


class ReferenceNotFound(NotFound):
    code = "reference_not_found"


def read_mail_secret(
    session: Session, *, reference_id: UUID, kind: str, key: str, now: datetime
) -> dict[str, Any]:
    """Return the page to open. Asking twice gives the same; a dead reference raises its Gone."""
    secret = find_secret(session, reference_id)
    if secret is None or secret.kind != kind or kind not in PATHS:
        raise ReferenceNotFound
    _demand_alive(session, secret, now)
    token = mail_token(kind, reference_id, key=key)
    secret.token_hash = hash_of(token)
    return {
        "path": f"{PATHS[kind]}{token}",
        "secret": None,
        "expires_at": secret.expires_at.isoformat(),
    }


def _demand_alive(session: Session, secret: MailSecret, now: datetime) -> None:
    if secret.maker_id is None:
        raise ClaimIsOver
    act_as(session, secret.maker_id)
    if secret.kind == "claim":
        claim = get_claim(session, secret.id)
        check_claimable(claim.state, expires_at=claim.expires_at, now=now)
        return
    offer = lock_invitation(session, secret.id)
    if offer is None:
        raise InvitationIsOver
    check_pending(offer.state, expires_at=offer.expires_at, now=now)
