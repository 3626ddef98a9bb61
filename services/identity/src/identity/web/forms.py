"""Reading posted forms: the fields, or a sentence for each that is not right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from common.errors import Refusal

TEXT_LIMIT = 254
SECRET_LIMIT = 1000
"""Argon2 takes as long as its input is long; nobody types more."""


@dataclass(frozen=True)
class Posted:
    """What came: the fields by name, and what is wrong with them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(schema: type[Schema]) -> Posted:
    """Return the posted fields as the schema reads them; with errors, as they were typed."""
    typed = request.form.to_dict()
    try:
        return Posted(schema(unknown=EXCLUDE).load(typed))
    except ValidationError as wrong:
        errors = {name: _sentence(typed.get(str(name), "")) for name in wrong.messages_dict}
        return Posted(typed, errors)


def needed(limit: int = TEXT_LIMIT) -> fields.String:
    """Return a field that must be filled in."""
    return fields.String(required=True, validate=[validate.Length(1, limit), _demand_plain])


def told(refusal: Refusal) -> str:
    """Return the sentence that a refusal is told with above the form."""
    if refusal.status == 429:
        minutes = max(1, ((refusal.retry_after or 60) + 59) // 60)
        words = _(
            "Too many tries. For your safety, please wait %(minutes)s min and try again.",
            minutes=minutes,
        )
        return str(words)
    if refusal.status == 503:
        return str(_("Many people are signing in just now. Please try again in a moment."))
    return refusal.detail or str(_("That did not work. Please try again."))


def retry_header(refusal: Refusal | None) -> dict[str, str]:
    """Return Retry-After where the refusal says when."""
    if refusal is None or refusal.retry_after is None:
        return {}
    return {"Retry-After": str(refusal.retry_after)}


def _demand_plain(typed: str) -> None:
    """Refuse what no keyboard types and no database column takes."""
    if any(ord(each) < 32 for each in typed):
        raise ValidationError("control character")


def _sentence(typed: str) -> str:
    words = _("This does not look right.") if typed.strip() else _("Please fill this in.")
    return str(words)
