"""Read an address as people type it: full-width digits, odd hyphens, a state by any of its names."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from common.addresses.countries import is_country
from common.addresses.formats import PARTS, AddressFormat, format_of, zip_forms
from common.errors import FieldError, Invalid

LONGEST = {
    "addressee": 100,
    "zip": 20,
    "state": 60,
    "city": 80,
    "line1": 110,
    "line2": 200,
    "phone": 20,
}
"""What NEXT ENGINE's columns hold, prefecture, city and street sharing one of 255."""
HYPHENS = re.compile("[-‐‑‒–—―−ー－ｰ]")
PHONE = re.compile(r"\+?[0-9()\-. ]{6,20}")


class IncompleteAddress(Invalid):
    """A part that the country's format has is missing or has not its form; `errors` names each."""

    code = "address_incomplete"
    rule = "R106"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """An address in our spelling; a part the country does not have is empty."""

    country: str
    addressee: str
    zip: str
    state: str
    city: str
    line1: str
    line2: str
    phone: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def read_address(
    given: Mapping[str, str], *, optional: frozenset[str] = frozenset()
) -> PostalAddress:
    """Return the address. Parts in `optional` may be left out. Raises IncompleteAddress."""
    country = given.get("country", "").strip().upper()
    if not is_country(country):
        wrong = FieldError("country", "unknown", "Please choose a country.")
        raise IncompleteAddress("The address is not complete.", errors=[wrong])
    known = format_of(country)
    parts = {name: tidy(given.get(name, "")) if known.has(name) else "" for name in PARTS}
    parts["zip"] = read_zip(country, parts["zip"])
    parts["phone"] = read_phone(parts["phone"])
    parts["state"] = _state(known, parts["state"])
    errors = _errors(known, parts, known.required - optional)
    if errors:
        raise IncompleteAddress("The address is not complete.", errors=errors)
    return PostalAddress(country=country, **parts)


def read_zip(country: str, text: str) -> str:
    """Return the code as the country writes it: １０７００６２ and 〒107−0062 are 107-0062."""
    plain = HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip().upper()
    if country != "JP":
        return plain
    digits = re.sub(r"[\s\-〒]", "", plain)
    return f"{digits[:3]}-{digits[3:]}" if re.fullmatch(r"\d{7}", digits) else plain


def read_phone(text: str) -> str:
    return HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()


def tidy(text: str) -> str:
    """Return one line in composed form, without characters that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable() and "  " not in composed:
        return composed.strip()
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in composed)
    return re.sub(" {2,}", " ", visible).strip(" \u3000")


def _state(known: AddressFormat, text: str) -> str:
    """Return the state's key, whichever of its names was written; else the text."""
    state = known.state_named(text)
    return state.key if state else text


def _errors(
    known: AddressFormat, parts: Mapping[str, str], required: frozenset[str]
) -> list[FieldError]:
    errors = [
        FieldError(name, "required", "Please fill this in.")
        for name in known.parts
        if name in required and not parts[name]
    ]
    errors += [
        FieldError(name, "too_long", "This is too long.")
        for name, most in LONGEST.items()
        if len(parts[name]) > most
    ]
    forms = zip_forms(known.country)
    if parts["zip"] and forms and not any(re.match(form, parts["zip"]) for form in forms):
        errors.append(FieldError("zip", "form", "This is no postal code of that country."))
    if parts["phone"] and not PHONE.fullmatch(parts["phone"]):
        errors.append(FieldError("phone", "form", "Please write digits, spaces and hyphens only."))
    if parts["state"] and known.states and parts["state"] not in {s.key for s in known.states}:
        errors.append(FieldError("state", "form", "Please choose one of the list."))
    return errors
