"""/settings: what the maker enables: languages, currencies, trade terms, its time zone (R61)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from common.errors import Invalid
from common.sessions import Claims
from common.web.auth import current_staff
from common.web.i18n import language
from identity.deps import deps
from identity.domain.maker_choices import (
    CURRENCIES,
    LANGUAGES,
    MakerChoices,
    SettingsChanged,
    described,
    removed_terms,
)
from identity.domain.roles import MANAGERS
from identity.store.brands import count_buyers_by_term, list_brands
from identity.usecases.change_settings import change_settings, read_settings
from identity.web.managers import current_manager, manager_of
from identity.web.staff import field_sentences, maker_of

bp = Blueprint("maker_settings", __name__, url_prefix="/settings")


@bp.get("")
def show_settings() -> ResponseReturnValue:
    staff = current_staff()
    return _page(staff, maker_of(staff))


@bp.post("")
def save() -> ResponseReturnValue:
    staff = current_manager()
    maker_id = maker_of(staff)
    with deps().database.transaction(maker_id) as session:
        now_kept = read_settings(session, maker_id)
    wish = _wished(request.form, now_kept)
    if request.form.get("seen") != _seen(now_kept):
        return _page(staff, maker_id, wish=wish, is_stale=True), 409
    try:
        with deps().database.transaction(maker_id) as session:
            by, at = manager_of(session, staff).actor, deps().now()
            change_settings(session, maker_id, wish, seen=now_kept, actor=by, now=at)
    except Invalid as refusal:
        return _page(staff, maker_id, wish=wish, refusal=refusal), 422
    except SettingsChanged:
        return _page(staff, maker_id, wish=wish, is_stale=True), 409
    flash(_("Saved."), "good")
    return redirect("/settings", 303)


def _wished(form: "MultiDict[str, str]", kept: MakerChoices) -> MakerChoices:
    """Return what the form wants; what it does not name stays."""
    removed = form.getlist("remove_terms")
    terms = {
        code: form.get(f"term:{code}", name).strip()
        for code, name in kept.trade_terms.items()
        if code not in removed
    }
    code, name = form.get("new_term_code", "").strip(), form.get("new_term_name", "").strip()
    if code or name:
        terms.setdefault(code.lower(), name)
    default_term = form.get("default_trade_term") or None
    return replace(
        kept,
        name=form.get("name", kept.name).strip(),
        languages=tuple(dict.fromkeys(form.getlist("languages"))),
        default_language=form.get("default_language", ""),
        currencies=tuple(dict.fromkeys(form.getlist("currencies"))),
        default_currency=form.get("default_currency") or None,
        time_zone=form.get("time_zone", ""),
        trade_terms=terms,
        default_trade_term=None if default_term in removed else default_term,
    )


def _seen(kept: MakerChoices) -> str:
    return json.dumps(described(kept), sort_keys=True)


def _page(
    staff: Claims,
    maker_id: UUID,
    *,
    wish: MakerChoices | None = None,
    refusal: Invalid | None = None,
    is_stale: bool = False,
) -> str:
    with deps().database.transaction(maker_id) as session:
        kept, brands = read_settings(session, maker_id), list_brands(session, staff.brand_ids)
        used = count_buyers_by_term(session)
    shown: dict[str, Any] = {
        "kept": kept,
        "used": used,
        "removed": removed_terms(wish or kept, kept),
        "choices": wish or kept,
        "seen": _seen(kept),
        "errors": _sentences(refusal, wish or kept, kept, used) if refusal else {},
        "is_stale": is_stale,
        "typed": request.form,
        "can_change": staff.role in MANAGERS and staff.kind != "api_key",
        "brand_rows": brands,
    }
    return render_template("identity/settings.html", **shown, **_options(kept))


def _sentences(
    refusal: Invalid, wish: MakerChoices, kept: MakerChoices, used: Mapping[str, int]
) -> dict[str, str]:
    """Return what is wrong by field; a trade term in use with how many buyers have it."""
    errors = field_sentences(refusal)
    told = [
        ngettext(
            "%(num)s buyer has the trade term “%(name)s”. Give it another one first.",
            "%(num)s buyers have the trade term “%(name)s”. Give them another one first.",
            used[code],
            name=kept.trade_terms[code],
        )
        for code in removed_terms(wish, kept)
        if used.get(code)
    ]
    return {**errors, "trade_terms": " ".join(told)} if told else errors


def _options(kept: MakerChoices) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen, by code and with its name in the reader's language."""
    locale = Locale.parse(language())
    spoken = [*LANGUAGES, *(c for c in kept.languages if c not in LANGUAGES)]
    paid = [*CURRENCIES, *(c for c in kept.currencies if c not in CURRENCIES)]
    return {
        "languages_known": [
            (c, Locale.parse(c, sep="-").get_display_name(locale) or c) for c in spoken
        ],
        "currencies_known": [(c, f"{c} · {locale.currencies.get(c, c)}") for c in paid],
        "zones_known": [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
    }
