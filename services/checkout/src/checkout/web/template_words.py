"""Functions that the templates of checkout call for words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from markupsafe import Markup

from checkout.domain.differences import Difference
from checkout.domain.quote import OrderQuote
from checkout.store.models import Order
from checkout.web.order_notes import note_field, note_text
from checkout.web.pictures import pictured_together
from checkout.web.refusals import words_for
from checkout.web.words import (
    address_lines,
    country_name,
    line_wishes,
    payment_words,
    prefecture_name,
    said_with,
)
from common.money import Money
from common.web.pages import day_in_words, money

bp = Blueprint("words", __name__)
TONES = {
    "accepted": "good",
    "sent": "accent",
    "failed": "bad",
    "waiting": "warn",
    "sending": "warn",
}


@bp.app_context_processor
def add_words() -> dict[str, Any]:
    """Give every template of this service the same words."""
    return {
        "words_for": words_for,
        "payment_words": payment_words,
        "payment_choices": payment_choices,
        "change_words": change_words,
        "tone_of": lambda tone: TONES.get(tone, "neutral"),
        "minor": Money,
        "limits": limits,
        "named": named_errors,
        "line_wishes": line_wishes,
        "pictured_together": pictured_together,
        "note_field": note_field,
        "note_text": note_text,
        "said_with": as_typed,
        "country_name": country_name,
        "address_lines": address_lines,
    }


def as_typed(order: Order) -> list[tuple[str, Markup]]:
    """Return what the buyer wrote with the order, its lines kept apart."""
    kept = Markup('<span class="as-typed">{}</span>')
    return [(label, kept.format(text)) for label, text in said_with(order)]


def payment_choices(methods: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the methods as options of forms.radios."""
    notes = {
        "outside": _("You settle with the brand as agreed; nothing is charged here."),
        "stripe": _("You pay on the next page. The order is placed when the payment is made."),
    }
    return [
        {"value": method, "label": payment_words(method), "note": str(notes[method])}
        for method in methods
    ]


def named_errors(
    errors: Mapping[str, str],
    orders: Iterable[OrderQuote] = (),
    own_labels: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the sentences with their field's label before them, for the summary on top.

    A field of one order of several, `comment.<catalog>`, is named with its catalog; `own_labels`
    are those that depend on the country.
    """
    catalogs = {str(order.catalog_id): order.catalog_name for order in orders}
    labels = {
        "country": _("Country"),
        "addressee": _("Addressee"),
        "city": _("City"),
        "line1": _("Address line 1"),
        "line2": _("Address line 2"),
        "phone": _("Phone"),
        "payment_method": _("Payment"),
        "po_number": _("PO number"),
        "comment": _("Comment"),
        **(own_labels or {}),
    }
    named = {}
    for field, words in errors.items():
        name, _dot, catalog = field.partition(".")
        label = " · ".join(filter(None, (labels.get(name), catalogs.get(catalog))))
        named[field] = f"{label}: {words}" if label else words
    return named


def limits(rate: Any, currency: str) -> str:
    """Return in words when a shipping rate applies; its limits are inclusive (R138)."""
    parts = []
    if rate.minimum_minor is not None:
        parts.append(_("from %(amount)s", amount=money(Money(rate.minimum_minor, currency))))
    if rate.maximum_minor is not None:
        parts.append(_("up to %(amount)s", amount=money(Money(rate.maximum_minor, currency))))
    words = [" ".join(parts)] if parts else []
    words += [", ".join(map(prefecture_name, rate.prefectures))] if rate.prefectures else []
    return " · ".join(words) or str(_("always"))


def change_words(change: Difference) -> str:
    """Return one difference as a sentence."""
    before, after = _value(change.before), _value(change.after)
    values = {"what": change.what, "before": before, "after": after}
    sentences = {
        "line_added": _("%(what)s was added: %(after)s", **values),
        "line_removed": _("%(what)s was removed", **values),
        "quantity": _("%(what)s: quantity %(before)s, now %(after)s", **values),
        "price": _("%(what)s: unit price %(before)s, now %(after)s", **values),
        "day": _("%(what)s: desired delivery %(before)s, now %(after)s", **values),
        "note": _("%(what)s: note “%(before)s”, now “%(after)s”", **values),
        "tax": _("Tax on %(what)s: %(before)s, now %(after)s", **values),
        "shipping": _("Shipping of %(what)s: %(before)s, now %(after)s", **values),
        "total": _("Total: %(before)s, now %(after)s", **values),
    }
    return str(sentences[change.kind])


def _value(value: Money | date | str | None) -> str:
    if value is None:
        return str(_("none"))
    if isinstance(value, date):
        return day_in_words(value)
    return money(value) if isinstance(value, Money) else value
