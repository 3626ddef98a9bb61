"""What an API key says of itself, as the claims of a session do."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from identity.domain.scopes import role_of
from identity.store.api_keys import find_key_by_hash
from identity.store.brands import get_maker
from identity.store.models import ApiKey

REMEMBERED = timedelta(hours=1)
"""How often a use is written down: people want to know whether a key is still needed."""
CLAIMS_LAST = timedelta(days=1)
"""Keys do not expire; the claims say so for a day, and are read anew within a minute anyway."""


def read_api_key(session: Session, token_hash: str, *, now: datetime) -> dict[str, Any] | None:
    """Return the key's claims as docs/contracts has them, or None when unknown or revoked."""
    key = find_key_by_hash(session, token_hash)
    if key is None or key.revoked_at is not None:
        return None
    if key.last_used_at is None or key.last_used_at <= now - REMEMBERED:
        key.last_used_at = now
    return _claims(key, language=get_maker(session, key.maker_id).default_language, now=now)


def _claims(key: ApiKey, *, language: str, now: datetime) -> dict[str, Any]:
    return {
        "session_id": str(key.id),
        "kind": "api_key",
        "maker_id": str(key.maker_id),
        "brand_ids": [str(key.brand_id)],
        "role": role_of(key.scopes),
        "user_id": None,
        "link_id": None,
        "brand_id": str(key.brand_id),
        "buyer_id": None,
        "method": None,
        "operator": None,
        "passcode_version": None,
        "language": language,
        "display_name": key.name,
        "expires_at": (now + CLAIMS_LAST).isoformat(),
        "scopes": list(key.scopes),
    }
