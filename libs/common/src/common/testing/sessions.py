"""Signing in without identity: a session's copy put where every service reads it."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import redis

from common.clock import utc_now
from common.ids import new_id
from common.sessions import copy_key, hash_of


def make_claims(**given: Any) -> dict[str, Any]:
    """Return claims as identity writes them; what is not given is empty."""
    claims: dict[str, Any] = {
        "session_id": str(new_id()),
        "kind": "staff",
        "maker_id": None,
        "brand_ids": [],
        "role": None,
        "user_id": None,
        "link_id": None,
        "brand_id": None,
        "buyer_id": None,
        "method": None,
        "operator": None,
        "passcode_version": None,
        "language": "en",
        "display_name": "Test",
        "expires_at": (utc_now() + timedelta(hours=1)).isoformat(),
        "scopes": [],
    }
    return claims | {name: _plain(value) for name, value in given.items()}


def sign_in(
    cache: "redis.Redis", claims: Mapping[str, Any], *, kind: str, link_id: UUID | None = None
) -> str:
    """Put the copy into Valkey and return the raw token for the cookie (or key).

    `kind` is session (cookie s), buyer (cookie b, needs link_id) or api_key.
    """
    token = secrets.token_urlsafe(32)
    cache.set(copy_key(kind, hash_of(token), link_id), json.dumps(dict(claims)))
    return token


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
