"""The templates' environment in one language: amounts and dates by CLDR."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_currency, format_decimal
from babel.support import Translations
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from common.addresses import parcel_lines
from common.money import Money
from common.translations import load_translations
from notifications.domain.obstacles import obstacle_of

HERE = Path(__file__).parents[1]


def mail_environment(language: str) -> Environment:
    """Return the environment; a value that a template names and nobody gave is an error."""
    environment = Environment(
        loader=PackageLoader("notifications"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations: Translations = load_translations([HERE / "translations"], language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        money=lambda amount: money(amount, language),
        number=lambda value: format_decimal(value, locale=language),
        day=lambda iso: format_date(date.fromisoformat(iso), "long", locale=language),
        variation=variation,
        obstacle=obstacle_of,
        parcel_lines=lambda address: parcel_lines(address, language),
        instant=lambda moment, zone: instant(moment, zone, language),
    )
    return environment


def money(amount: Mapping[str, Any], language: str) -> str:
    """Return the amount with its currency's decimals."""
    value = Money.of_json(amount)
    return str(format_currency(value.decimal, value.currency, locale=language))


def variation(properties: Mapping[str, str]) -> str:
    """Return colour and size in words, the size last as on every page, however they are stored."""
    names = sorted(properties, key=lambda name: (name == "size", name))
    return " / ".join(properties[name] for name in names if properties[name])


def instant(moment: str | datetime, zone: str, language: str) -> str:
    """Return the instant in the maker's zone, with the zone named (D2)."""
    aware = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = aware.astimezone(ZoneInfo(zone))
    day = format_date(local, "long", locale=language)
    hour = format_time(local, "short", locale=language)
    return f"{day} {hour} ({get_timezone_name(local, locale=language)})"
