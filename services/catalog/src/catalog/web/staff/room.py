"""The room's shared words: who asks, in which language, and which page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.domain.text import in_language
from catalog.gateways.identity import Brand, read_brand
from catalog.store.brands import remember_brand
from catalog.store.models import Tax
from catalog.store.products import Parts
from catalog.web.pictures import portrait
from common.errors import NotFound, Refusal
from common.sessions import Claims
from common.translations import LANGUAGES
from common.web.auth import current_staff, demand_write
from common.web.i18n import language

bp = Blueprint("staff", __name__)
PAGE = 50


def writing_staff() -> Claims:
    """Return the staff member that may change things. Raises Unauthorized, NoWritePermission."""
    staff = current_staff()
    demand_write(staff)
    return staff


def maker_of(staff: Claims) -> UUID:
    if staff.maker_id is None:
        raise NotFound(_("There is no such brand."))
    return staff.maker_id


def chosen_brand(staff: Claims) -> UUID:
    """Return the brand that the address or form names, else the first. Another's is not there."""
    asked = request.values.get("brand")
    try:
        brand_id = UUID(asked) if asked else staff.brand_ids[0]
    except (ValueError, IndexError) as wrong:
        raise NotFound(_("There is no such brand.")) from wrong
    if brand_id not in staff.brand_ids:
        raise NotFound(_("There is no such brand."))
    return brand_id


def brand_of(brand_id: UUID) -> Brand:
    return read_brand(deps().peers, brand_id)


def brand_tabs(staff: Claims, brand_id: UUID, url: str) -> list[dict[str, Any]]:
    """Return the choice of brand above a form that makes something; one brand needs none."""
    if len(staff.brand_ids) < 2:
        return []
    return [
        {"label": brand_of(each).name, "url": f"{url}?brand={each}", "is_current": each == brand_id}
        for each in staff.brand_ids
    ]


def remember(brand_id: UUID, maker_id: UUID, brand: Brand) -> None:
    """Let questions about the brand find what it has stored here."""
    with deps().database.transaction() as shared:
        remember_brand(
            shared,
            brand_id=brand_id,
            maker_id=maker_id,
            default_language=brand.default_language,
        )


def tax_choices(taxes: Sequence[Tax]) -> list[tuple[str, str]]:
    """Return the taxes as a form offers them."""
    return [(str(each.id), tax_words(each)) for each in taxes]


def tax_words(tax: Tax) -> str:
    return f"{said(tax.names)} {tax.percent.normalize():f} % ({tax.country})"


def errors_of(wrong: Refusal | None) -> dict[str, str]:
    """Return each field's sentence in the reader's language."""
    return {error.field: _(error.detail) for error in wrong.errors} if wrong else {}


def texts_sent(name: str, languages: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed for each language in the fields `<name>.<language>`."""
    return {each: request.form.get(f"{name}.{each}", "") for each in languages}


def ids_sent(name: str) -> list[UUID]:
    """Return the ids that were sent under that name. Raises NotFound for what is none."""
    try:
        return [UUID(text) for text in request.values.getlist(name)]
    except ValueError as wrong:
        raise NotFound(_("One of the choices is not there.")) from wrong


def first_image(parts: Parts) -> dict[str, Any] | None:
    return portrait(parts.images[0].key) if parts.images else None


def asked_before() -> UUID | None:
    """Return where the page begins. Raises NotFound for what is no id."""
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong


def said(texts: dict[str, Any]) -> str:
    """Return a text in the reader's language."""
    return in_language(texts, language(), default=LANGUAGES[0])
