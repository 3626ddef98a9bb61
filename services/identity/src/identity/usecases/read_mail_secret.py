"""What a mail leads to, made while the mail is being sent and stored as a hash only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import Gone, NotFound
from common.sessions import hash_of
from identity.domain.claim import check_claimable
from identity.domain.invitation import InvitationIsOver, check_pending
from identity.domain.mail_token import mail_code, mail_token
from identity.store.accounts import (
    find_registration_of_code,
    lock_email_change,
    lock_reset,
)
from identity.store.claims import find_secret, get_claim
from identity.store.invitations import lock_any_invitation
from identity.store.models import MailSecret

PATHS = {
    "claim": "/account/claims/",
    "invitation": "/account/invitations/",
    "password_reset": "/account/resets/",
    "email_change": "/account/emails/",
}
CODE = "verification_code"


class ReferenceNotFound(NotFound):
    code = "reference_not_found"


class SecretIsOver(Gone):
    """Used, replaced, or too old: the mail is not worth sending any more."""

    code = "secret_is_over"


def read_mail_secret(
    session: Session, *, reference_id: UUID, kind: str, key: str, now: datetime
) -> dict[str, Any]:
    """Return the page to open, or the code to print. Asking twice gives the same; a dead
    reference raises its Gone.
    """
    secret = find_secret(session, reference_id)
    if secret is None or secret.kind != kind or kind not in (*PATHS, CODE):
        raise ReferenceNotFound
    if secret.maker_id is not None:
        act_as(session, secret.maker_id)
    _demand_alive(session, secret, now)
    path = code = None
    if kind == CODE:
        code = mail_code(kind, reference_id, key=key)
    else:
        token = mail_token(kind, reference_id, key=key)
        secret.token_hash = hash_of(token)
        path = f"{PATHS[kind]}{token}"
    return {"path": path, "secret": code, "expires_at": secret.expires_at.isoformat()}


def _demand_alive(session: Session, secret: MailSecret, now: datetime) -> None:
    if secret.kind == "claim":
        claim = get_claim(session, secret.id)
        check_claimable(claim.state, expires_at=claim.expires_at, now=now)
    elif secret.kind == "invitation":
        offer = lock_any_invitation(session, secret.id)
        if offer is None:
            raise InvitationIsOver
        check_pending(offer.state, expires_at=offer.expires_at, now=now)
    elif secret.expires_at <= now or not _is_wanted(session, secret):
        raise SecretIsOver


def _is_wanted(session: Session, secret: MailSecret) -> bool:
    """Say whether somebody still waits for what an account's mail opens."""
    if secret.kind == CODE:
        return find_registration_of_code(session, secret.id) is not None
    if secret.kind == "password_reset":
        reset = lock_reset(session, secret.id)
        return reset is not None and reset.used_at is None
    change = lock_email_change(session, secret.id)
    return change is not None and change.used_at is None
