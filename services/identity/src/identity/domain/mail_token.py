"""Tokens that mails carry: an HMAC of the row's id, so that asking twice gives the same one."""

import base64
import hashlib
import hmac
from uuid import UUID

CODE_DIGITS = 6


def mail_token(kind: str, reference_id: UUID, *, key: str) -> str:
    """Return 43 characters fit for an address; nobody makes them without the key."""
    return base64.urlsafe_b64encode(_digest(kind, reference_id, key)).rstrip(b"=").decode()


def mail_code(kind: str, reference_id: UUID, *, key: str) -> str:
    """Return six digits to type; they are made again to be compared, and stored nowhere."""
    number = int.from_bytes(_digest(f"code of {kind}", reference_id, key), "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def is_code(typed: str, kind: str, reference_id: UUID, *, key: str) -> bool:
    """Say whether the typed text is that code; spaces and full-width digits do not matter."""
    digits = "".join(str(int(each)) for each in typed if each.isdecimal())
    return hmac.compare_digest(digits, mail_code(kind, reference_id, key=key))


def _digest(kind: str, reference_id: UUID, key: str) -> bytes:
    return hmac.new(key.encode(), f"{kind}:{reference_id}".encode(), hashlib.sha256).digest()
