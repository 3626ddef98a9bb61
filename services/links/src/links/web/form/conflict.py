"""What the second of two editors is told: the saved version beside the typed one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from common.local_time import local_of
from links.domain.changes import changed_fields
from links.domain.link_rules import LinkDraft
from links.domain.media import Background, Video
from links.gateways.peers import Choice, Choices


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in both versions, in words."""

    field: str
    label: str
    saved: str
    typed: str


def differences(
    saved: LinkDraft, typed: LinkDraft, *, choices: Choices, zone: str
) -> list[Difference]:
    """Return the fields that differ, the form's own labels before them."""
    words = _Words(choices, zone)
    labels = _labels()
    return [
        Difference(name, labels[name], words.of(name, saved), words.of(name, typed))
        for name in changed_fields(saved, typed)
    ]


@dataclass(frozen=True)
class _Words:
    choices: Choices
    zone: str

    def of(self, name: str, draft: LinkDraft) -> str:
        """Return the field's value as somebody would say it."""
        value: Any = getattr(draft, name)
        if name == "passcode":
            return str(_("on") if value.is_on else _("off"))
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if name in ("release_at", "expires_at"):
            return (
                f"{local_of(value, self.zone).replace('T', ' ')} ({self.zone})"
                if value
                else _("none")
            )
        if isinstance(value, str):
            return value or _("none")
        if isinstance(value, Background):
            return value.url or str(value.upload_id or _("none"))
        return ", ".join(self._each(name, value)) or _("none")

    def _each(self, name: str, value: Sequence[Any]) -> list[str]:
        if name == "catalog_ids":
            return _named(value, self.choices.catalogs)
        if name == "lookbook_ids":
            return _named(value, self.choices.lookbooks)
        if name == "shipping_rows":
            groups = {group.id: group.name for group in self.choices.rate_groups}
            return [
                f"{row['currency']} × {row['country'] or _('All Countries')}: "
                f"{groups.get(str(row['rate_group_id']), '?')}"
                for row in value
            ]
        if name == "contacts":
            return [" ".join(filter(None, contact.values())) for contact in value]
        if name == "payment_methods":
            known = {"outside": _("Pay outside the app"), "stripe": _("Stripe Credit Card Payment")}
            return [known.get(each, each) for each in value]
        return [_video(each) if isinstance(each, Video) else str(each) for each in value]


def _named(ids: Sequence[UUID], choices: Sequence[Choice]) -> list[str]:
    names = {choice.id: choice.name for choice in choices}
    return [names.get(each, str(each)) for each in ids]


def _video(video: Video) -> str:
    return video.url or str(_("an uploaded file"))


def _labels() -> dict[str, str]:
    return {
        "name": _("Link Name"),
        "description": _("Description"),
        "view_only": _("Make this link view-only"),
        "transition": _("Offline Buyer Transition Settings"),
        "address_shown": _("Address"),
        "release_at": _("Release Date"),
        "expires_at": _("Expiration Date"),
        "catalog_ids": _("Selectable Catalogs"),
        "lookbook_ids": _("Selectable Lookbook"),
        "passcode": _("Passcode"),
        "payment_methods": _("Payment Method"),
        "shipping_rows": _("Shipping Fee Settings"),
        "videos": _("Video"),
        "background": _("Background Media Type"),
        "contacts": _("Contact Information"),
    }
