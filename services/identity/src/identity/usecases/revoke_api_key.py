"""End a key: the next request that shows it is refused, anywhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.sessions import copy_key
from identity.store.api_keys import lock_api_key
from identity.store.models import ApiKey


def revoke_api_key(
    session: Session, key_id: UUID, *, brand_ids: Collection[UUID], actor: Actor, now: datetime
) -> list[str]:
    """Return the copies to bury after the commit. Repeating changes nothing more.

    Raises ApiKeyNotFound.
    """
    return revoke(session, lock_api_key(session, key_id, brand_ids=brand_ids), actor=actor, now=now)


def revoke(session: Session, key: ApiKey, *, actor: Actor, now: datetime) -> list[str]:
    """Revoke a key that is row-locked; return the copies to bury."""
    if key.revoked_at is None:
        key.revoked_at = now
        record_change(
            session,
            actor=actor,
            place=Place(key.maker_id, key.brand_id),
            action="api_key_revoked",
            subject=Subject("api_key", key.id, key.name),
            now=now,
        )
    return [copy_key("api_key", key.token_hash)]
