"""API keys: of the brands one sees, and by what a request shows."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import NotFound
from identity.store.models import ApiKey, ApiKeyLookup, Brand, User


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"


def list_api_keys(
    session: Session, brand_ids: Collection[UUID]
) -> Sequence[tuple[ApiKey, Brand, User]]:
    """Return the brands' keys with brand and maker of the key, newest first, revoked ones last."""
    query = (
        select(ApiKey, Brand, User)
        .join(Brand, Brand.id == ApiKey.brand_id)
        .join(User, User.id == ApiKey.created_by)
        .where(ApiKey.brand_id.in_(brand_ids))
        .order_by(ApiKey.revoked_at.is_not(None), ApiKey.id.desc())
    )
    return [(key, brand, user) for key, brand, user in session.execute(query)]


def find_api_key(session: Session, key_id: UUID) -> ApiKey | None:
    """Return the maker's key, or None."""
    return session.get(ApiKey, key_id)


def lock_api_key(session: Session, key_id: UUID, *, brand_ids: Collection[UUID]) -> ApiKey:
    """Return a key of one of these brands, row-locked until commit. Raises ApiKeyNotFound."""
    query = select(ApiKey).where(ApiKey.id == key_id, ApiKey.brand_id.in_(brand_ids))
    key = session.scalars(query.with_for_update()).one_or_none()
    if key is None:
        raise ApiKeyNotFound("There is no such key.")
    return key


def list_keys_made_by(
    session: Session, user_id: UUID, *, brand_ids: Collection[UUID]
) -> Sequence[ApiKey]:
    """Return the keys of these brands that somebody made and that still open something, by name."""
    query = _live_keys_of(user_id).where(ApiKey.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(ApiKey.name, ApiKey.id)).all()


def lock_keys_made_by(session: Session, user_id: UUID) -> Sequence[ApiKey]:
    """Return all keys that somebody made and that still open something, row-locked."""
    return session.scalars(_live_keys_of(user_id).order_by(ApiKey.id).with_for_update()).all()


def find_key_by_hash(session: Session, token_hash: str) -> ApiKey | None:
    """Return the key that a request showed; the transaction then acts as its maker."""
    found = session.get(ApiKeyLookup, token_hash)
    if found is None:
        return None
    act_as(session, found.maker_id)
    return session.get(ApiKey, found.key_id)


def _live_keys_of(user_id: UUID) -> Select[ApiKey]:
    return select(ApiKey).where(ApiKey.created_by == user_id, ApiKey.revoked_at.is_(None))
