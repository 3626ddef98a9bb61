"""What a link is at this moment, as pages and peers need it: never its name (R4, R5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from links.domain.gate import GateState, Status, state_at
from links.domain.token import is_token
from links.store.links import LinkNotFound, act_for_token, get_link, read_asked_link
from links.store.models import Link
from links.usecases.show_media import Address, shown_background, shown_videos


def find_by_token(session: Session, token: str) -> Link:
    """Return the link of that address, as its maker. Raises LinkNotFound."""
    link_id = act_for_token(session, token) if is_token(token) else None
    if link_id is None:
        raise LinkNotFound("There is no such link.")
    return get_link(session, link_id)


def describe_by_token(
    session: Session, token: str, *, now: datetime, address: Address
) -> Mapping[str, Any]:
    """Return the answer of links/resolve. Raises LinkNotFound."""
    if not is_token(token):
        raise LinkNotFound("There is no such link.")
    return described(read_asked_link(session, token), now=now, address=address)


def state_of(link: Link, *, now: datetime) -> GateState:
    """Return whether the gate is open now."""
    return state_at(
        now,
        status=Status(link.status),
        release_at=link.release_at,
        expires_at=link.expires_at,
    )


def described(link: Link, *, now: datetime, address: Address) -> Mapping[str, Any]:
    """Return the answer of links/resolve; `address` says where a stored file is served.

    `link`: one as it is stored, or the columns of read_asked_link.
    """
    return {
        "link_id": str(link.id),
        "token": link.token,
        "maker_id": str(link.maker_id),
        "brand_id": str(link.brand_id),
        "version": link.version,
        "state": state_of(link, now=now).value,
        "release_at": _said(link.release_at),
        "expires_at": _said(link.expires_at),
        "passcode_version": link.asked_passcode,
        "view_only": link.view_only,
        "transition": link.transition,
        "address_shown": link.address_shown,
        "payment_methods": link.payment_methods,
        "shipping_rows": link.shipping_rows,
        "catalog_ids": link.catalog_ids,
        "lookbook_ids": link.lookbook_ids,
        "videos": shown_videos(link, address),
        "background": shown_background(link, address),
        "contacts": link.contacts,
        "preview": None,
    }


def _said(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
