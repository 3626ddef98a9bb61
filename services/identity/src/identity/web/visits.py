"""A visit at a link's door, before anybody is signed in on it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import Claims, hash_of
from common.web.auth import read_buyer
from common.web.buyer import BackToGate, has_passed
from common.web.preview import is_preview
from identity.deps import deps
from identity.gateways.links import Link, resolve_link
from identity.store.brands import get_brand
from identity.store.browsers import has_pass
from identity.web.callers import browser_token


@dataclass(frozen=True, slots=True)
class Door:
    """The link, its brand's name, and the browser that stands before it."""

    link: Link
    brand_name: str

    @property
    def shop(self) -> str:
        return f"/shop/{self.link.token}"


def current_door(token: str) -> Door:
    """Return the door of an open link whose passcode, if any, this browser passed.

    Raises NotFound, Unavailable, and BackToGate where the gate has something to say first.
    """
    if is_preview(token):
        raise BackToGate(token)
    # Asked afresh: an older answer would send back to the gate whoever has just passed it.
    link = resolve_link(deps().peers, token, fresh=True)
    if not link.is_open:
        raise BackToGate(token)
    with deps().database.transaction(link.maker_id) as session:
        if not _has_passed(session, link):
            raise BackToGate(token)
        return Door(link, get_brand(session, link.brand_id).name)


def current_holder(link: Link) -> Claims | None:
    """Return who is signed in on the link in this browser, at its present passcode, or None."""
    claims = read_buyer(link.id)
    return claims if claims and has_passed(claims, link.passcode_version) else None


def browser_hash() -> str | None:
    token = browser_token()
    return hash_of(token) if token else None


def _has_passed(session: Session, link: Link) -> bool:
    version = link.passcode_version
    return version is None or has_pass(session, browser_hash(), link.id, version)


def user_of(claims: Claims | None) -> UUID | None:
    """Return the user behind a buyer's session, when it came by a user account."""
    return claims.user_id if claims and claims.method == "user_account" else None
