"""Make a key for a program. The raw key leaves this function once and is stored nowhere."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.errors import FieldError, Invalid
from common.sessions import hash_of
from identity.domain.scopes import SCOPES
from identity.store.brands import get_brand
from identity.store.models import ApiKey, ApiKeyLookup

BEGINNING = "ol_"
"""So that scanners of published code recognise one."""
SHOWN = 9


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is asked for. `id` comes from the form, so that sending it twice makes one key."""

    id: UUID
    brand_id: UUID
    name: str
    scopes: Sequence[str]


def create_api_key(session: Session, new: NewKey, *, actor: Actor, now: datetime) -> str:
    """Return the raw key of 46 characters. Raises BrandNotFound, Invalid naming the fields."""
    if actor.user_id is None:
        raise ValueError("keys are made by people")
    scopes = _checked(new)
    brand = get_brand(session, new.brand_id)
    raw = BEGINNING + secrets.token_urlsafe(32)
    key = ApiKey(
        id=new.id,
        maker_id=brand.maker_id,
        brand_id=brand.id,
        name=new.name.strip(),
        prefix=raw[:SHOWN],
        token_hash=hash_of(raw),
        scopes=scopes,
        created_by=actor.user_id,
    )
    session.add(key)
    session.add(ApiKeyLookup(token_hash=key.token_hash, maker_id=brand.maker_id, key_id=key.id))
    record_change(
        session,
        actor=actor,
        place=Place(brand.maker_id, brand.id),
        action="api_key_created",
        subject=Subject("api_key", key.id, key.name),
        after={"prefix": key.prefix, "scopes": scopes},
        now=now,
    )
    return raw


def _checked(new: NewKey) -> list[str]:
    errors = []
    if not new.name.strip():
        errors.append(FieldError("name", "required", "Please give the key a name."))
    scopes = [scope for scope in SCOPES if scope in new.scopes]
    if not scopes or set(new.scopes) - set(SCOPES):
        errors.append(FieldError("scopes", "required", "Please choose what the key may do."))
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return scopes
