"""What every template may use: static addresses, the CSRF field, money and instants in words."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from flask import Flask, current_app
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from common.money import Money
from common.places import way
from common.translations import LANGUAGES
from common.web import deps
from common.web.auth import known_claims
from common.web.i18n import language, language_name
from common.web.preview import shown_preview
from common.web.reader_zone import reader_zone
from common.web.requests import request_id
from common.web.security import nonce


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        static=static_url,
        csrf_field=csrf_field,
        csrf_token=generate_csrf,
        languages=LANGUAGES,
        language_name=language_name,
        way=way,
    )
    app.jinja_env.filters.update(
        money=money, instant=instant, day=day_in_words, number=number, media=media_url
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {
        "claims": known_claims(),
        "language": language(),
        "nonce": nonce(),
        "preview": shown_preview(),
        "request_id": request_id(),
        "service": deps().settings.service,
    }


def csrf_field() -> Markup:
    """Return the hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def static_url(path: str) -> str:
    """Return the address of "common/…" or "<service>/…", with its content's version."""
    return f"/static/{path}?v={_version(path)}"


def media_url(key: str) -> str:
    """Return the address of a stored file."""
    return f"{deps().settings.media_url}/{key}"


def money(amount: Money) -> str:
    """Return the amount as the page's language writes it, with the currency's decimals."""
    return format_currency(amount.decimal, amount.currency, locale=get_locale())


def number(value: int) -> str:
    return format_decimal(value, locale=get_locale())


def day_in_words(value: date) -> str:
    """Return the day as the page's language writes it."""
    return format_date(value, "medium", locale=get_locale())


def instant(moment: datetime, zone: str | None = None) -> str:
    """Return the instant in that zone, or the reader's own, by CLDR, with the zone named (D2)."""
    shown_in = zone or reader_zone()
    local = moment.astimezone(ZoneInfo(shown_in))
    return f"{format_datetime(local, 'medium', locale=get_locale())} ({shown_in})"


@cache
def _version(path: str) -> str:
    package, _, rest = path.partition("/")
    file = Path(str(__import__(package).__file__)).parent / "static" / rest
    if not file.exists():
        current_app.logger.warning("static file missing: %s", path)
        return "0"
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
