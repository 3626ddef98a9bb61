"""Who is signed in: the claims of a session, read from the copy that identity keeps in Valkey.

The truth is identity's database; only identity fills the copy. A tombstone, written when a
session ends, lies over the copy so that no slow reader revives it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import redis
import structlog

from common.clock import Clock, utc_now
from common.errors import NotFound

log = structlog.get_logger()

TOMBSTONE = "ended"
AskIdentity = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a session says of its holder. `kind` is staff, user, operator, buyer or api_key."""

    session_id: UUID
    kind: str
    maker_id: UUID | None
    brand_ids: tuple[UUID, ...]
    role: str | None
    user_id: UUID | None
    link_id: UUID | None
    brand_id: UUID | None
    buyer_id: UUID | None
    method: str | None
    operator: str | None
    passcode_version: int | None
    language: str
    display_name: str
    expires_at: datetime
    scopes: tuple[str, ...] = ()
    """What an API key may do: "<service>:read" or "<service>:write". People have none."""

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "Claims":
        def uuid(name: str) -> UUID | None:
            return UUID(value[name]) if value.get(name) else None

        return cls(
            session_id=UUID(value["session_id"]),
            kind=value["kind"],
            maker_id=uuid("maker_id"),
            brand_ids=tuple(UUID(each) for each in value["brand_ids"]),
            role=value["role"],
            user_id=uuid("user_id"),
            link_id=uuid("link_id"),
            brand_id=uuid("brand_id"),
            buyer_id=uuid("buyer_id"),
            method=value["method"],
            operator=value["operator"],
            passcode_version=value["passcode_version"],
            language=value["language"],
            display_name=value["display_name"],
            expires_at=datetime.fromisoformat(value["expires_at"]),
            scopes=tuple(value.get("scopes") or ()),
        )


def hash_of(token: str) -> str:
    """Return the only form of a session token that is ever stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def copy_key(kind: str, token_hash: str, link_id: UUID | None = None) -> str:
    """Return the Valkey key of a session's copy; a buyer's cookie means one session per link."""
    return f"session:{kind}:{token_hash}" + (f":{link_id}" if link_id else "")


@dataclass(frozen=True)
class SessionReader:
    """Reads claims from the copy, else from identity. Valkey away: identity alone."""

    cache: "redis.Redis"
    ask_identity: AskIdentity
    now: Clock = utc_now

    def read(self, kind: str, token: str, *, link_id: UUID | None = None) -> Claims | None:
        """Return the claims behind a cookie or key, or None. Raises Unavailable."""
        token_hash = hash_of(token)
        copy = self._copy(copy_key(kind, token_hash, link_id))
        if copy == TOMBSTONE:
            return None
        claims = Claims.of_json(json.loads(copy)) if copy else self._ask(kind, token_hash, link_id)
        return claims if claims and claims.expires_at > self.now() else None

    def _copy(self, key: str) -> str | None:
        try:
            value = self.cache.get(key)
        except redis.RedisError:
            log.warning("session copy unreachable")
            return None
        return value.decode() if isinstance(value, bytes) else None

    def _ask(self, kind: str, token_hash: str, link_id: UUID | None) -> Claims | None:
        question = {
            "kind": kind,
            "token_hash": token_hash,
            "link_id": str(link_id) if link_id else None,
        }
        try:
            return Claims.of_json(self.ask_identity(question))
        except NotFound:
            return None
