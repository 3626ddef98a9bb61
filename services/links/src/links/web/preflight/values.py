"""What the words name: lists of names, instants, countries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from flask_babel import get_locale

from common.web.pages import instant

Values = Mapping[str, Any]
Said = tuple[str, str, str, str]
"""What, why, the cure in words, and the cure's page ("" means the field of the form)."""


def names(values: Values) -> str:
    return ", ".join(values["names"])


def at(values: Values) -> str:
    return instant(datetime.fromisoformat(values["at"]))


def country(code: str) -> str:
    locale = get_locale()
    return cast("str", locale.territories.get(code, code)) if locale else code
