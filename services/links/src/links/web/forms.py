"""The link form: what was typed, back into its fields, or as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from common.errors import FieldError, Invalid
from links.domain.link_rules import LinkDraft
from links.domain.local_time import LocalTimeRefused, instant_of, local_of
from links.store.models import Link

CONTACT_FIELDS = ("first_name", "last_name", "email", "phone", "note")


@dataclass
class LinkForm:
    """The form's fields as text; nothing typed is lost by an error."""

    name: str = ""
    description: str = ""
    view_only: bool = False
    transition: bool = False
    address_shown: bool = True
    has_release: bool = False
    release_at: str = ""
    release_at_zone: str = ""
    has_expiration: bool = False
    expires_at: str = ""
    expires_at_zone: str = ""
    catalog_ids: list[str] = field(default_factory=list)
    lookbook_ids: list[str] = field(default_factory=list)
    payment_methods: list[str] = field(default_factory=list)
    rate_group_ids: list[str] = field(default_factory=list)
    contacts: list[dict[str, str]] = field(default_factory=list)
    version: int = 0


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
        catalog_ids=list(link.catalog_ids),
        lookbook_ids=list(link.lookbook_ids),
        payment_methods=list(link.payment_methods),
        rate_group_ids=[str(row["rate_group_id"]) for row in link.shipping_rows],
        contacts=[dict(contact) for contact in link.contacts],
        version=link.version,
    )


def read_form(sent: "MultiDict[str, str]") -> LinkForm:
    """Return what was sent."""
    return LinkForm(
        name=sent.get("name", ""),
        description=sent.get("description", ""),
        view_only="view_only" in sent,
        transition="transition" in sent,
        address_shown="address_shown" in sent,
        has_release="has_release" in sent,
        release_at=sent.get("release_at", ""),
        release_at_zone=sent.get("release_at_zone", ""),
        has_expiration="has_expiration" in sent,
        expires_at=sent.get("expires_at", ""),
        expires_at_zone=sent.get("expires_at_zone", ""),
        catalog_ids=sent.getlist("catalog_ids"),
        lookbook_ids=sent.getlist("lookbook_ids"),
        payment_methods=sent.getlist("payment_methods"),
        rate_group_ids=[each for each in sent.getlist("rate_group_ids") if each],
        contacts=_contacts(sent),
        version=sent.get("version", 0, type=int),
    )


def draft_of(
    form: LinkForm, groups: Mapping[str, Any], zone: str, link: Link | None = None
) -> LinkDraft:
    """Return the form as a draft. Raises Invalid for what cannot be read at all.

    `zone` is used where the browser did not name its own. `link` is what is edited: a limit that
    nobody touched keeps its instant, with its seconds, and though a clock shows that time twice.
    """
    errors: list[FieldError] = []
    release_at = _instant(form, "release", zone, errors, link.release_at if link else None)
    expires_at = _instant(form, "expiration", zone, errors, link.expires_at if link else None)
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
        catalog_ids=_ids(form.catalog_ids),
        lookbook_ids=_ids(form.lookbook_ids),
        payment_methods=tuple(form.payment_methods),
        shipping_rows=tuple(_shipping_row(each, groups) for each in form.rate_group_ids),
        contacts=tuple(form.contacts),
    )


def _instant(
    form: LinkForm, limit: str, zone: str, errors: list[FieldError], stored: datetime | None
) -> datetime | None:
    name = {"release": "release_at", "expiration": "expires_at"}[limit]
    if not getattr(form, f"has_{limit}"):
        return None
    local, zone = getattr(form, name), getattr(form, f"{name}_zone") or zone
    try:
        if stored is not None and local == local_of(stored, zone):
            return stored
        return instant_of(local, zone)
    except LocalTimeRefused as refused:
        errors.append(FieldError(name, refused.code, _words(refused)))
        return None


def _words(refused: LocalTimeRefused) -> str:
    """Return the refusal in the reader's language."""
    if refused.code == "twice":
        words = _("The clock shows this time twice: %(first)s or %(second)s.", **_pair(refused))
    elif refused.code == "never":
        words = _("The clock skips this time: %(first)s or %(second)s.", **_pair(refused))
    else:
        words = _(str(refused))
    return str(words)


def _pair(refused: LocalTimeRefused) -> dict[str, str]:
    return dict(zip(("first", "second"), refused.candidates, strict=True))


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(text) for text in texts)
    except ValueError as wrong:
        raise Invalid("One of the choices is not there.") from wrong


def _shipping_row(group_id: str, groups: Mapping[str, Any]) -> dict[str, Any]:
    group = groups.get(group_id)
    return {
        "currency": group.currency if group else "",
        "country": group.country if group else None,
        "rate_group_id": group_id,
    }


def _contacts(sent: "MultiDict[str, str]") -> list[dict[str, str]]:
    """Return the contacts with anything in them; the columns arrive as parallel lists."""
    columns = [sent.getlist(f"contact_{name}") for name in CONTACT_FIELDS]
    rows = [dict(zip(CONTACT_FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(value.strip() for value in row.values())]
