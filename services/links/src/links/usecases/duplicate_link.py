"""A second link like the first: everything but its address and what happened on it."""

from sqlalchemy.orm import Session

from common.ids import new_id
from links.domain.link_rules import LONGEST_NAME
from links.domain.token import new_token
from links.store.links import add_link
from links.store.models import Link
from links.usecases.save_link import announce

COPIED = (
    "maker_id",
    "brand_id",
    "description",
    "view_only",
    "transition",
    "address_shown",
    "release_at",
    "expires_at",
    "passcode_hash",
    "passcode_version",
    "catalog_ids",
    "lookbook_ids",
    "payment_methods",
    "shipping_rows",
    "videos",
    "background",
    "contacts",
)


def duplicate_link(session: Session, link: Link, *, name: str) -> Link:
    """Make the copy, Open (R14), under a new address and that name; the passcode is the same."""
    copied = {field: getattr(link, field) for field in COPIED}
    copy = Link(id=new_id(), token=new_token(), name=name[:LONGEST_NAME], **copied)
    add_link(session, copy)
    announce(session, copy, "created")
    return copy
