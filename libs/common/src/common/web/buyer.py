"""A buyer's page: the link as it is now, and who is signed in on it, or back to the gate."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g

from common.errors import NotFound
from common.sessions import Claims
from common.web import deps
from common.web.auth import current_staff, read_buyer
from common.web.preview import Preview, demand_staff_of, is_preview, show_banner


class BackToGate(Exception):
    """Whoever asks must pass the link's gate (again): not signed in, closed, new passcode (D24)."""

    def __init__(self, token: str) -> None:
        super().__init__("back to the gate")
        self.token = token


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a buyer on a link, or in a Standard Order.

    `link` is the answer of links/resolve; without a link, what stands for it.
    """

    token: str
    link: dict[str, Any]
    claims: Claims
    preview: Preview | None = None
    """Set while staff looks at the page as this buyer gets it."""

    @property
    def moment(self) -> datetime:
        """Return the instant that the page's dates are judged at: now, or the preview's."""
        return self.preview.at if self.preview else deps().now()

    @property
    def link_id(self) -> UUID | None:
        """None in a Standard Order (R88)."""
        return UUID(self.link["link_id"]) if self.link["link_id"] else None

    @property
    def single_catalog_id(self) -> UUID | None:
        """The catalog of a Standard Order, None on a link."""
        return None if self.link_id else UUID(self.link["catalog_ids"][0])

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

    The link's answer may be 2 s old unless `fresh`. A preview needs staff: raises Unauthorized.
    """
    if is_preview(token):
        return _previewed_visit(token)
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


def _previewed_visit(token: str) -> Visit:
    """Return the visit that the preview's buyer would make at its moment."""
    current_staff()
    link = deps().peers.ask("links", "links/resolve", {"token": token})
    staff = demand_staff_of(link)
    said = link["preview"]
    question = {"buyer_id": said["buyer_id"], "brand_id": link["brand_id"]}
    buyer = deps().peers.ask("identity", "buyers/read", question)
    preview = Preview(
        link_id=UUID(link["link_id"]),
        buyer_id=UUID(said["buyer_id"]),
        buyer_name=buyer["name"],
        at=datetime.fromisoformat(said["at"]),
        expires_at=datetime.fromisoformat(said["expires_at"]),
    )
    show_banner(preview)
    if link["state"] != "open":
        raise BackToGate(token)
    g.claims = replace(
        staff,
        kind="buyer",
        role=None,
        user_id=None,
        brand_ids=(UUID(link["brand_id"]),),
        brand_id=UUID(link["brand_id"]),
        link_id=preview.link_id,
        buyer_id=preview.buyer_id,
        passcode_version=link["passcode_version"],
        language=buyer["language"],
        display_name=buyer["name"],
        expires_at=preview.expires_at,
    )
    return Visit(token=token, link=link, claims=g.claims, preview=preview)


def has_passed(claims: Claims, passcode_version: int | None) -> bool:
    """Say whether the session was opened behind the link's passcode as it is now.

    None: the link has no passcode now, so nobody signed in has anything left to pass.
    """
    return passcode_version in (None, claims.passcode_version)
