"""From the form's text to a draft, which the rules then judge."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from common.errors import FieldError, Invalid
from links.domain.link_rules import LinkDraft
from links.domain.passcode import PasscodeWish
from links.store.models import Link
from links.web.form.fields import LinkForm
from links.web.form.limits import read_limit


def draft_of(
    form: LinkForm, groups: Mapping[str, Any], zone: str, link: Link | None = None
) -> LinkDraft:
    """Return the form as a draft. Raises Invalid for what cannot be read at all.

    `zone` is used where the browser did not name its own; `link` is what is edited.
    """
    errors: list[FieldError] = []
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
        shipping_rows=tuple(_shipping_row(each, groups) for each in form.rate_group_ids),
        contacts=tuple(form.contacts),
    )


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
