"""What a session says of its holder, from the rows as they are now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import NotFound
from identity.domain.methods import Method
from identity.store.buyers import find_buyer
from identity.store.models import Buyer, SignedIn
from identity.store.operators import is_operator
from identity.store.sessions import find_buyer_session, find_session
from identity.store.staff import find_access
from identity.store.users import get_user, is_member
from identity.usecases.read_api_key import read_api_key


class SessionNotFound(NotFound):
    """Unknown, ended, expired, or no longer backed by what opened it."""

    code = "session_not_found"


def read_session(
    session: Session, *, kind: str, token_hash: str, link_id: UUID | None, now: datetime
) -> dict[str, Any]:
    """Return the claims as docs/contracts has them. Raises SessionNotFound."""
    if kind == "buyer" and link_id is not None:
        return _buyer_claims(session, find_buyer_session(session, token_hash, link_id, now=now))
    if kind == "session":
        return _person_claims(session, find_session(session, token_hash, now=now))
    claims = read_api_key(session, token_hash, now=now) if kind == "api_key" else None
    if claims is None:
        raise SessionNotFound
    return claims


def _person_claims(session: Session, row: SignedIn | None) -> dict[str, Any]:
    if row is None or row.user_id is None:
        raise SessionNotFound
    user = get_user(session, row.user_id)
    access = find_access(session, row.user_id) if row.kind == "staff" else None
    if row.kind == "staff" and access is None:
        raise SessionNotFound
    if row.kind == "operator" and not is_operator(session, row.user_id):
        raise SessionNotFound
    return _claims(
        row,
        brand_ids=[str(each) for each in access.brand_ids] if access else [],
        role="operator" if row.kind == "operator" else access.role if access else None,
        language=user.language,
        display_name=user.name,
    )


def _buyer_claims(session: Session, row: SignedIn | None) -> dict[str, Any]:
    if row is None or row.maker_id is None or row.buyer_id is None:
        raise SessionNotFound
    act_as(session, row.maker_id)
    buyer = find_buyer(session, row.buyer_id)
    if buyer is None or not _still_holds(session, row, buyer):
        raise SessionNotFound
    return _claims(
        row,
        brand_ids=[str(row.brand_id)],
        role=None,
        language=buyer.language,
        display_name=buyer.name,
    )


def _still_holds(session: Session, row: SignedIn, buyer: Buyer) -> bool:
    """Say whether what opened the session would open it today (R37, R42, R45, R165)."""
    if row.method == Method.USER_ACCOUNT:
        return row.user_id is not None and is_member(session, row.user_id, buyer.organisation_id)
    hash_of_way = buyer.login_hash if row.method == Method.OFFLINE_LOGIN else buyer.passcode_hash
    return hash_of_way is not None


def _claims(
    row: SignedIn, *, brand_ids: list[str], role: str | None, language: str, display_name: str
) -> dict[str, Any]:
    return {
        "session_id": str(row.id),
        "kind": row.kind,
        "maker_id": _text(row.maker_id),
        "brand_ids": brand_ids,
        "role": role,
        "user_id": _text(row.user_id),
        "link_id": _text(row.link_id),
        "brand_id": _text(row.brand_id),
        "buyer_id": _text(row.buyer_id),
        "method": row.method,
        "operator": row.operator,
        "passcode_version": row.passcode_version,
        "language": language,
        "display_name": display_name,
        "expires_at": row.expires_at.isoformat(),
        "scopes": [],
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
