"""What a maker enables for all its brands: languages, currencies, trade terms, time zone (R61)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from common.errors import FieldError, Invalid, PreconditionFailed

LANGUAGES = ("en", "ja", "de", "es", "fr", "it", "ko", "nl", "pt", "sv", "zh-Hans", "zh-Hant")
"""In which a catalog can be kept; pages speak the first two, the others see English pages."""
CURRENCIES = (
    *("JPY", "USD", "EUR", "GBP", "AUD", "CAD", "CHF", "CNY", "DKK", "HKD", "KRW", "KWD"),
    *("NOK", "NZD", "SEK", "SGD", "THB", "TWD"),
)
"""ISO 4217 codes of the markets that wholesale brands sell to."""
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
LONGEST_NAME = 120


class SettingsInvalid(Invalid):
    """Fields of the settings are not right; `errors` names each."""

    code = "settings_invalid"
    rule = "R61"


class SettingsChanged(PreconditionFailed):
    """Somebody else saved other settings meanwhile."""

    code = "settings_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakerChoices:
    """The maker's settings as they are kept."""

    name: str
    languages: tuple[str, ...]
    default_language: str
    currencies: tuple[str, ...]
    default_currency: str | None
    time_zone: str
    trade_terms: Mapping[str, str]
    """Names by code; a code stays what it is, for prices are kept for it."""
    default_trade_term: str | None
    """A code."""


@dataclass(frozen=True, slots=True)
class InUse:
    """What buyers' terms say now."""

    languages: Collection[str]
    currencies: Collection[str]
    trade_terms: Mapping[str, int]
    """How many buyers have each, by code."""


def check_choices(wish: MakerChoices, *, before: MakerChoices, in_use: InUse) -> None:
    """Raise SettingsInvalid naming every field that is wrong, at once.

    What buyers use stays enabled: their terms would point at nothing (R61).
    """
    wrong = [
        *_check_name(wish),
        *_check_list("languages", wish.languages, (*LANGUAGES, *before.languages)),
        *_check_list("currencies", wish.currencies, (*CURRENCIES, *before.currencies)),
        *_check_kept("languages", wish.languages, in_use.languages),
        *_check_kept("currencies", wish.currencies, in_use.currencies),
        *_check_defaults(wish),
        *_check_terms(wish),
        *_check_kept_terms(wish, before, in_use),
    ]
    if wrong:
        raise SettingsInvalid("Some fields are not right.", errors=wrong)


def described(choices: MakerChoices) -> dict[str, Any]:
    """Return the settings as the audit log tells them."""
    return {
        "name": choices.name,
        "languages": list(choices.languages),
        "default_language": choices.default_language,
        "currencies": list(choices.currencies),
        "default_currency": choices.default_currency,
        "time_zone": choices.time_zone,
        "trade_terms": dict(choices.trade_terms),
        "default_trade_term": choices.default_trade_term,
    }


def removed_terms(wish: MakerChoices, before: MakerChoices) -> list[str]:
    """Return the codes of the trade terms that the wish gives up."""
    return [code for code in before.trade_terms if code not in wish.trade_terms]


def _check_name(wish: MakerChoices) -> list[FieldError]:
    if not wish.name:
        return [FieldError("name", "required", "Please fill this in.")]
    if len(wish.name) > LONGEST_NAME:
        return [FieldError("name", "length", "This is too long.")]
    return []


def _check_list(field: str, wished: Collection[str], known: Collection[str]) -> list[FieldError]:
    if not wished:
        return [FieldError(field, "required", "Choose at least one.")]
    if not set(wished) <= set(known):
        return [FieldError(field, "choice", "Please choose from the list.")]
    return []


def _check_kept(field: str, wished: Collection[str], in_use: Collection[str]) -> list[FieldError]:
    if not wished or set(in_use) <= set(wished):
        return []
    return [FieldError(field, "in_use", "Buyers use what you took away. Change their terms first.")]


def _check_defaults(wish: MakerChoices) -> list[FieldError]:
    wrong = []
    if wish.default_language not in wish.languages:
        wrong.append(_not_enabled("default_language"))
    if wish.default_currency and wish.default_currency not in wish.currencies:
        wrong.append(_not_enabled("default_currency"))
    if wish.time_zone not in available_timezones():
        wrong.append(FieldError("time_zone", "choice", "Please choose from the list."))
    return wrong


def _check_kept_terms(wish: MakerChoices, before: MakerChoices, used: InUse) -> list[FieldError]:
    return [
        FieldError(
            "trade_terms",
            "in_use",
            f"{count} of your buyers have the trade term {code}. Give them another one first.",
        )
        for code in removed_terms(wish, before)
        if (count := used.trade_terms.get(code, 0))
    ]


def _check_terms(wish: MakerChoices) -> list[FieldError]:
    terms = wish.trade_terms
    if not all(name and len(name) <= LONGEST_NAME for name in terms.values()):
        return [FieldError("trade_terms", "required", "Every trade term needs a name.")]
    if not all(CODE.fullmatch(code) for code in terms):
        return [
            FieldError(
                "trade_terms", "code", "A code has small letters, digits, - and _, at most 30."
            )
        ]
    if wish.default_trade_term and wish.default_trade_term not in terms:
        return [FieldError("default_trade_term", "choice", "Please choose from the list.")]
    return []


def _not_enabled(field: str) -> FieldError:
    return FieldError(field, "choice", "Choose one that is enabled above.")
