"""What a preview shows: its link as it is, judged at the preview's moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.db import act_as
from links.store.links import LinkNotFound, get_link
from links.store.models import Link, LinkPreview
from links.store.previews import find_preview
from links.usecases.resolve_link import described
from links.usecases.show_media import Address


def find_previewed(session: Session, token: str, *, now: datetime) -> tuple[Link, LinkPreview]:
    """Return the link and how it is looked at, as its maker. Raises LinkNotFound when it is over."""
    preview = find_preview(session, token, now=now)
    if preview is None:
        raise LinkNotFound("There is no such preview.")
    act_as(session, preview.maker_id)
    return get_link(session, preview.link_id), preview


def describe_preview(
    link: Link, preview: LinkPreview, *, token: str, address: Address
) -> Mapping[str, Any]:
    """Return the answer of links/resolve for a preview's token."""
    said = {
        "buyer_id": str(preview.buyer_id),
        "at": preview.at.isoformat(),
        "expires_at": preview.expires_at.isoformat(),
    }
    now = described(link, now=preview.at, address=address)
    return {**now, "token": token, "preview": said}
