"""Addresses: how they are read, and whether a checkout asks for one (R98 to R108, D7, D23)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from checkout.domain.countries import COUNTRIES, format_of
from checkout.domain.prefectures import prefecture_of
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
ZIP_FORM = {
    "JP": re.compile(r"\d{7}"),
    "US": re.compile(r"\d{5}(-\d{4})?"),
}
PHONE_FORM = re.compile(r"\+?[0-9()\-. ]{6,20}")


class IncompleteAddress(Invalid):
    """A part that the country's format has is missing or has not its form."""

    code = "address_incomplete"
    rule = "R106"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    country: str
    addressee: str
    zip: str
    state: str
    city: str
    line1: str
    line2: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressNeed:
    """Whether the field is shown; a shown address is always required (D23). `rule` says why."""

    is_shown: bool
    rule: str


def address_need(*, shown: bool, shipping_applies: bool, stripe_in_force: bool) -> AddressNeed:
    """Return whether checkout asks for the address, and the rule that decided it."""
    if shipping_applies:
        return AddressNeed(is_shown=True, rule="R100")
    if stripe_in_force:
        return AddressNeed(is_shown=True, rule="R101")
    return AddressNeed(is_shown=shown, rule="R98" if shown else "R99")


def read_address(given: Mapping[str, str]) -> Address:
    """Return the address in our spelling. Raises IncompleteAddress naming every wrong part."""
    parts = {name: _tidy(given.get(name, "")) for name in ("country", *LONGEST)}
    parts["zip"] = _zip(parts["country"], parts["zip"])
    parts["phone"] = unicodedata.normalize("NFKC", parts["phone"]).replace("ー", "-")
    if parts["country"] == "JP":
        parts["state"] = prefecture_of(parts["state"]) or parts["state"]
    errors = _errors(parts)
    if errors:
        raise IncompleteAddress("The address is not complete.", errors=errors)
    return Address(**parts)


def _errors(parts: Mapping[str, str]) -> list[FieldError]:
    country = parts["country"]
    if country not in COUNTRIES:
        return [FieldError("country", "unknown", "Choose a country.")]
    missing = [name for name in format_of(country).required if not parts[name]]
    errors = [FieldError(name, "required", "This is required.") for name in missing]
    errors += [
        FieldError(name, "too_long", f"At most {most} characters.")
        for name, most in LONGEST.items()
        if len(parts[name]) > most
    ]
    if parts["zip"] and not _has_form(country, parts["zip"]):
        errors.append(FieldError("zip", "form", "This is no postal code of that country."))
    if parts["phone"] and not PHONE_FORM.fullmatch(parts["phone"]):
        errors.append(FieldError("phone", "form", "Digits, spaces and hyphens, please."))
    if country == "JP" and parts["state"] and prefecture_of(parts["state"]) is None:
        errors.append(FieldError("state", "form", "Choose a prefecture."))
    return errors


def _has_form(country: str, code: str) -> bool:
    form = ZIP_FORM.get(country)
    return form is None or bool(form.fullmatch(code.replace("-", "") if country == "JP" else code))


def _zip(country: str, text: str) -> str:
    """Return a Japanese code as 107-0062, whatever digits and hyphens it was typed with."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if country != "JP":
        return plain
    digits = re.sub(r"[\s\-‐‑‒–—―−ー〒]", "", plain)
    return f"{digits[:3]}-{digits[3:]}" if re.fullmatch(r"\d{7}", digits) else plain


def _tidy(text: str) -> str:
    """Return one line in composed form, without characters that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in composed)
    return re.sub(" {2,}", " ", visible).strip()
