"""Reading fields that people, files and programs fill in: one spelling, every error named."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from common.addresses import is_country
from common.addresses.reading import PHONE, read_phone, tidy
from common.errors import FieldError
from identity.domain.email import is_email, normal

SEPARATORS = str.maketrans({"、": ",", "，": ",", ";": ",", "；": ",", "\n": ",", "\r": ","})


class FieldReader:
    """Reads one record's fields and collects what is wrong with them."""

    def __init__(self, given: Mapping[str, Any], errors: list[FieldError] | None = None) -> None:
        self._given = given
        self.errors: list[FieldError] = errors if errors is not None else []

    def with_default(self, name: str, value: str) -> "FieldReader":
        """Return a reader of the same record in which the field has this value."""
        return FieldReader({**self._given, name: value}, self.errors)

    def raw(self, name: str) -> str:
        value = self._given.get(name)
        return "" if value is None else tidy(str(value))

    def text(self, name: str, longest: Mapping[str, int], *, required: bool = False) -> str | None:
        """Return one line of text, or None when empty."""
        value = self.raw(name)
        if required and not value:
            self._wrong(name, "required", "Please fill this in.")
        if len(value) > longest[name]:
            self._wrong(name, "too_long", "This is too long.")
        return value or None

    def phone(self, name: str, longest: Mapping[str, int]) -> str | None:
        value = read_phone(self.raw(name))
        if value and (len(value) > longest[name] or not PHONE.fullmatch(value)):
            self._wrong(name, "form", "Please write digits, spaces and hyphens only.")
        return value or None

    def email(self, name: str) -> str | None:
        value = normal(self.raw(name))
        if value and not is_email(value):
            self._wrong(name, "email", "Please give a complete email address.")
        return value or None

    def emails(self, name: str, *, most: int) -> list[str]:
        """Return several addresses, each once, in the order given."""
        found = list(dict.fromkeys(normal(each) for each in self._list(name)))
        if len(found) > most:
            self._wrong(name, "too_many", "These are too many.")
        if not all(is_email(each) for each in found):
            self._wrong(name, "email", "Please give complete email addresses.")
        return found

    def words(self, name: str, *, most: int, longest: int) -> list[str]:
        found = list(dict.fromkeys(self._list(name)))
        if len(found) > most:
            self._wrong(name, "too_many", "These are too many.")
        if any(len(each) > longest for each in found):
            self._wrong(name, "too_long", "This is too long.")
        return found

    def country(self, name: str) -> str:
        value = self.raw(name).upper()
        if not is_country(value):
            self._wrong(name, "unknown", "Please choose a country.")
        return value

    def choice(self, name: str, options: Sequence[str], *, default: str | None = None) -> str:
        """Return one of the options, however its letters are cased."""
        value = self.raw(name)
        return default if not value and default is not None else self.among(name, value, options)

    def among(self, name: str, value: str, options: Sequence[str]) -> str:
        known = {option.casefold(): option for option in options}
        if value.casefold() not in known:
            code = "not_enabled" if value else "required"
            self._wrong(name, code, "Please choose one that Settings has enabled.")
        return known.get(value.casefold(), "")

    def decimal(
        self, name: str, *, places: int, most: Decimal, required: bool = False
    ) -> Decimal | None:
        """Return a number from 0 to `most` with up to so many decimals, or None when empty."""
        typed = unicodedata.normalize("NFKC", self.raw(name)).removesuffix("%").strip()
        if not typed:
            if required:
                self._wrong(name, "required", "Please fill this in.")
            return None
        value = _number(typed)
        if value is None:
            self._wrong(name, "number", "Please write a plain number, such as 12.5.")
            return None
        if not 0 <= value <= most:
            self._wrong(name, "range", "This number is not possible here.")
            return None
        if value != round(value, places):
            self._wrong(name, "decimals", "This number has too many decimals.")
        return round(value, places)

    def _list(self, name: str) -> list[str]:
        value = self._given.get(name)
        parts = value if isinstance(value, list | tuple) else str(value or "").translate(SEPARATORS)
        pieces = parts.split(",") if isinstance(parts, str) else [str(each) for each in parts]
        return [tidy(piece) for piece in pieces if tidy(piece)]

    def _wrong(self, name: str, code: str, detail: str) -> None:
        if all(error.field != name for error in self.errors):
            self.errors.append(FieldError(name, code, detail))


def _number(typed: str) -> Decimal | None:
    """Return a plain decimal number; 1e9, NaN and ١ are none."""
    is_plain = typed.isascii() and typed.replace(".", "", 1).isdigit() and len(typed) <= 20
    try:
        return Decimal(typed) if is_plain else None
    except InvalidOperation:
        return None
