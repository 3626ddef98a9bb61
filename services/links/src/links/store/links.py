"""Queries about links."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.errors import NotFound
from common.together import ask_together
from links.store.models import Link, LinkCount, LinkToken

# Whose link it is needs no tenant; finding it and acting as it is one round trip.
ACT = text("""
select link_id, set_config('app.tenant', cast(maker_id as text), true)
from link_tokens where token = :token
""")
# What every question about a link is answered from; RLS has it read after ACT.
ASKED = text("""
select id, maker_id, brand_id, token, version, status, release_at, expires_at, view_only, transition,
  address_shown, payment_methods, shipping_rows, catalog_ids, lookbook_ids, videos, background,
  contacts, case when passcode_hash is not null then passcode_version end as asked_passcode
from links where id = (select link_id from link_tokens where token = :token) and status <> 'deleted'
""")
BY_ID = select(Link).where(Link.id == bindparam("link_id", type_=Uuid()))
"""Put together once: every page of a buyer asks it."""


class LinkNotFound(NotFound):
    code = "link_not_found"


def act_for_token(session: Session, token: str) -> UUID | None:
    """Let the rest of the transaction see the rows of the link's maker; return the link's id.

    None for a token that opens nothing.
    """
    [found] = ask_together(session, (ACT, {"token": token}))
    return found[0].link_id if found else None


def read_asked_link(session: Session, token: str) -> Any:
    """Return what `described` needs of the link, as its maker, in one round trip. Raises LinkNotFound."""
    own = {"token": token}
    _, links = ask_together(session, (ACT, own), (ASKED, own))
    if not links:
        raise LinkNotFound("There is no such link.")
    return links[0]


def get_link(session: Session, link_id: UUID) -> Link:
    """Return the maker's link, unless it is deleted (R11). Raises LinkNotFound."""
    link = session.scalars(BY_ID, {"link_id": link_id}).one_or_none()
    if link is None or link.status == "deleted":
        raise LinkNotFound("There is no such link.")
    return link


def lock_link(session: Session, link_id: UUID) -> Link:
    """Return the link, row-locked until commit. Raises LinkNotFound."""
    query = select(Link).where(Link.id == link_id, Link.status != "deleted").with_for_update()
    link = session.scalars(query).one_or_none()
    if link is None:
        raise LinkNotFound("There is no such link.")
    return link


def get_own_link(session: Session, link_id: UUID, *, brand_ids: Collection[UUID]) -> Link:
    """Return the link if it is of one of these brands; another's is not there (R16, R203)."""
    link = get_link(session, link_id)
    if link.brand_id not in brand_ids:
        raise LinkNotFound("There is no such link.")
    return link


def add_link(session: Session, link: Link) -> None:
    """Write a new link with its address and its counts at zero."""
    session.add(link)
    session.add(LinkToken(token=link.token, link_id=link.id, maker_id=link.maker_id))
    session.add(LinkCount(link_id=link.id, maker_id=link.maker_id))
    session.flush()


def add_to_counts(
    session: Session, *, maker_id: UUID, link_id: UUID, signed_in: int = 0, orders: int = 0
) -> None:
    """Count more of what happened on the link."""
    first = insert(LinkCount).values(
        link_id=link_id, maker_id=maker_id, signed_in=signed_in, orders=orders
    )
    session.execute(
        first.on_conflict_do_update(
            index_elements=["link_id"],
            set_={
                "signed_in": LinkCount.signed_in + signed_in,
                "orders": LinkCount.orders + orders,
            },
        )
    )
