"""Give a buyer its ways into links, change them, take them away. What they opened ends."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Editor, Place, record_change
from common.errors import Conflict, FieldError, Invalid
from identity.domain.email import is_email, normal
from identity.domain.methods import Method
from identity.store.models import Buyer
from identity.store.own_buyers import flush_unique, lock_own_buyer
from identity.store.sessions import delete_sessions_of_buyer
from identity.usecases.describe_for_log import subject_of


class NoLinkLogin(Conflict):
    """A connected buyer signs in with a user account, not with a login that the brand keeps."""

    code = "no_link_login_for_connected"
    rule = "R165"


def set_link_login(
    session: Session, buyer_id: UUID, *, email: str, password_hash: str | None, by: Editor
) -> list[str]:
    """Let the offline buyer sign in with this e-mail; return the copies to bury.

    Without a hash the password stays. Raises BuyerNotFound, NoLinkLogin, LoginTaken, Invalid.
    """
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    if buyer.kind != "offline" and buyer.login_hash is None:
        raise NoLinkLogin("A connected buyer signs in with its user account.")
    before = _seen(buyer)
    buyer.login_email = checked_email(email)
    buyer.login_hash = password_hash or buyer.login_hash
    if buyer.login_hash is None:
        wrong = FieldError("login_password", "required", "Please fill this in.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    flush_unique(session)
    _record(session, buyer, before, action="buyer_login_set", by=by)
    return delete_sessions_of_buyer(session, buyer.id, method=Method.OFFLINE_LOGIN)


def remove_link_login(session: Session, buyer_id: UUID, *, by: Editor) -> list[str]:
    """Take the link login away (R42); return the copies to bury. Repeating changes nothing."""
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    before = _seen(buyer)
    if buyer.login_email is not None or buyer.login_hash is not None:
        buyer.login_email = buyer.login_hash = None
        _record(session, buyer, before, action="buyer_login_removed", by=by)
    return delete_sessions_of_buyer(session, buyer.id, method=Method.OFFLINE_LOGIN)


def set_passcode(
    session: Session, buyer_id: UUID, *, passcode_hash: str | None, by: Editor
) -> list[str]:
    """Set the buyer's passcode, or take it away (R45); return the copies to bury."""
    buyer = lock_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    before, action = (
        _seen(buyer),
        "buyer_passcode_set" if passcode_hash else "buyer_passcode_removed",
    )
    if passcode_hash or buyer.passcode_hash:
        buyer.passcode_hash = passcode_hash
        _record(session, buyer, before, action=action, by=by)
    return delete_sessions_of_buyer(session, buyer.id, method=Method.BRAND_CREDENTIALS)


def checked_email(email: str) -> str:
    """Return the e-mail as it is stored. Raises Invalid at `login_email`."""
    address = normal(email)
    if not is_email(address):
        told = "Please give a complete email address."
        wrong = FieldError("login_email", "email", "Please give a complete email address.")
        raise Invalid(told, errors=[wrong])
    return address


def _seen(buyer: Buyer) -> dict[str, Any]:
    return {
        "login_email": buyer.login_email,
        "login_password": buyer.login_hash is not None,
        "passcode": buyer.passcode_hash is not None,
    }


def _record(
    session: Session, buyer: Buyer, before: dict[str, Any], *, action: str, by: Editor
) -> None:
    buyer.version += 1
    record_change(
        session,
        actor=by.actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action=action,
        subject=subject_of(buyer),
        before=before,
        after=_seen(buyer),
        now=by.now,
    )
