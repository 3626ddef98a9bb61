"""From the form's text to a draft, which the rules then judge."""

from typing import Any
from uuid import UUID

from common.errors import FieldError, Invalid
from links.domain.link_rules import LinkDraft
from links.domain.media import Background, Video
from links.domain.passcode import PasscodeWish
from links.store.models import Link
from links.web.form.fields import LinkForm, ShippingRow
from links.web.form.limits import read_limit


def draft_of(form: LinkForm, zone: str, link: Link | None = None) -> LinkDraft:
    """Return the form as a draft. Raises Invalid for what cannot be read at all.

    `zone` is used where the browser did not name its own; `link` is what is edited.
    """
    words = "Press Upload beside the file first: it was not sent."
    errors = [FieldError(name, "not_sent", words) for name in form.unsent_files]
    release_at = read_limit(
        form, "release", zone=zone, stored=link.release_at if link else None, errors=errors
    )
    expires_at = read_limit(
        form, "expiration", zone=zone, stored=link.expires_at if link else None, errors=errors
    )
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return LinkDraft(
        name=form.name,
        description=form.description,
        view_only=form.view_only,
        transition=form.transition,
        address_shown=form.address_shown,
        release_at=release_at,
        expires_at=expires_at,
        passcode=PasscodeWish(form.has_passcode, form.passcode or None),
        catalog_ids=_ids(form.catalog_ids),
        lookbook_ids=_ids(form.lookbook_ids),
        payment_methods=tuple(form.payment_methods),
        shipping_rows=tuple(_shipping_row(each) for each in form.shipping),
        videos=_videos(form),
        background=_background(form),
        contacts=tuple(form.contacts),
    )


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(text) for text in texts)
    except ValueError as wrong:
        raise Invalid("One of the choices is not there.") from wrong


def _shipping_row(row: ShippingRow) -> dict[str, Any]:
    return {
        "currency": row.currency,
        "country": row.country or None,
        "rate_group_id": row.rate_group_id,
    }


def _videos(form: LinkForm) -> tuple[Video, ...]:
    files = _ids(form.video_files)
    return (
        *(Video(url=url) for url in form.video_links),
        *(Video(upload_id=upload_id) for upload_id in files),
    )


def _background(form: LinkForm) -> Background:
    """Return what the chosen kind needs; the other kind's field is left alone."""
    if form.background == "image":
        [image] = _ids([form.background_image]) or (None,) if form.background_image else (None,)
        return Background("image", upload_id=image)
    if form.background == "video":
        return Background("video", url=form.background_url)
    return Background(form.background)
