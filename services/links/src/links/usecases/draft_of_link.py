"""A stored link as the draft that would make it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from links.domain.link_rules import LinkDraft
from links.domain.media import Background, Video
from links.domain.passcode import PasscodeWish
from links.store.models import Link


def draft_of_link(link: Link) -> LinkDraft:
    """Return the link as a draft; its passcode stays as it is."""
    return LinkDraft(
        name=link.name,
        description=link.description,
        view_only=link.view_only,
        transition=link.transition,
        address_shown=link.address_shown,
        release_at=link.release_at,
        expires_at=link.expires_at,
        catalog_ids=tuple(UUID(each) for each in link.catalog_ids),
        lookbook_ids=tuple(UUID(each) for each in link.lookbook_ids),
        passcode=PasscodeWish(link.asked_passcode is not None, None),
        payment_methods=tuple(link.payment_methods),
        shipping_rows=tuple(link.shipping_rows),
        videos=tuple(_video(each) for each in link.videos),
        background=_background(link.background),
        contacts=tuple(link.contacts),
    )


def _video(stored: Mapping[str, Any]) -> Video:
    if stored["kind"] == "embed":
        return Video(url=stored["url"])
    return Video(upload_id=UUID(stored["upload_id"]))


def _background(stored: Mapping[str, Any]) -> Background:
    upload_id = stored.get("upload_id")
    return Background(
        kind=stored["kind"],
        url=stored["url"],
        upload_id=UUID(upload_id) if upload_id else None,
    )
