"""A link that is stored, as the form shows it."""

from common.local_time import local_of
from links.store.models import Link
from links.web.form.fields import LinkForm, ShippingRow


def form_of(link: Link, zone: str) -> LinkForm:
    """Return the link as the form shows it to somebody in that zone (R23)."""
    return LinkForm(
        name=link.name,
        description=link.description,
        view_only=link.view_only,
        transition=link.transition,
        address_shown=link.address_shown,
        has_release=link.release_at is not None,
        release_at=local_of(link.release_at, zone) if link.release_at else "",
        release_at_zone=zone,
        has_expiration=link.expires_at is not None,
        expires_at=local_of(link.expires_at, zone) if link.expires_at else "",
        expires_at_zone=zone,
        has_passcode=link.asked_passcode is not None,
        catalog_ids=list(link.catalog_ids),
        lookbook_ids=list(link.lookbook_ids),
        payment_methods=list(link.payment_methods),
        shipping=[
            ShippingRow(row["currency"], row["country"] or "", str(row["rate_group_id"]))
            for row in link.shipping_rows
        ],
        video_links=[video["url"] for video in link.videos if video["kind"] == "embed"],
        video_files=[video["upload_id"] for video in link.videos if video["kind"] == "file"],
        background=link.background["kind"],
        background_image=link.background.get("upload_id") or "",
        background_url=link.background["url"] or "",
        contacts=[dict(contact) for contact in link.contacts],
        version=link.version,
    )
