"""Tokens that mails carry: an HMAC of the row's id, so that asking twice gives the same one."""

import base64
import hashlib
import hmac
from uuid import UUID


def mail_token(kind: str, reference_id: UUID, *, key: str) -> str:
    """Return 43 characters fit for an address; nobody makes them without the key."""
    message = f"{kind}:{reference_id}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
