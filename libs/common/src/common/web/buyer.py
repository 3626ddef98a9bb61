"""A buyer's page: the link as it is now, and who is signed in on it, or back to the gate."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from common.errors import NotFound
from common.sessions import Claims
from common.web import deps
from common.web.auth import read_buyer


class BackToGate(Exception):
    """Whoever asks must pass the link's gate (again): not signed in, closed, new passcode (D24)."""

    def __init__(self, token: str) -> None:
        super().__init__("back to the gate")
        self.token = token


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a buyer on a link. `link` is the answer of links/resolve."""

    token: str
    link: dict[str, Any]
    claims: Claims

    @property
    def link_id(self) -> UUID:
        return UUID(self.link["link_id"])

    @property
    def maker_id(self) -> UUID:
        return UUID(self.link["maker_id"])

    @property
    def brand_id(self) -> UUID:
        return UUID(self.link["brand_id"])

    @property
    def buyer_id(self) -> UUID:
        if self.claims.buyer_id is None:
            raise BackToGate(self.token)
        return self.claims.buyer_id


def current_visit(token: str, *, fresh: bool = False) -> Visit:
    """Return who visits which link. Raises BackToGate, NotFound, Unavailable.

    The link's answer may be 2 s old unless `fresh`.
    """
    try:
        link = deps().peers.ask("links", "links/resolve", {"token": token}, fresh=fresh)
    except NotFound as unknown:
        raise BackToGate(token) from unknown
    claims = read_buyer(UUID(link["link_id"]))
    if claims is None or link["state"] != "open":
        raise BackToGate(token)
    if not has_passed(claims, link["passcode_version"]):
        raise BackToGate(token)
    return Visit(token=token, link=link, claims=claims)


def has_passed(claims: Claims, passcode_version: int | None) -> bool:
    """Say whether the session was opened behind the link's passcode as it is now.

    None: the link has no passcode now, so nobody signed in has anything left to pass.
    """
    return passcode_version in (None, claims.passcode_version)
