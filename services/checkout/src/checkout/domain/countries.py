"""Which parts an address has in a country: a first table of those that differ (R108).

Source: Universal Postal Union addressing guides and Google's address data, chromium-i18n.
"""

from dataclasses import dataclass

COUNTRIES: dict[str, str] = {
    "JP": "Japan",
    "US": "United States",
    "CA": "Canada",
    "GB": "United Kingdom",
    "FR": "France",
    "DE": "Germany",
    "IT": "Italy",
    "ES": "Spain",
    "NL": "Netherlands",
    "BE": "Belgium",
    "CH": "Switzerland",
    "AT": "Austria",
    "SE": "Sweden",
    "DK": "Denmark",
    "NO": "Norway",
    "FI": "Finland",
    "IE": "Ireland",
    "PT": "Portugal",
    "AU": "Australia",
    "NZ": "New Zealand",
    "KR": "South Korea",
    "TW": "Taiwan",
    "CN": "China",
    "HK": "Hong Kong",
    "SG": "Singapore",
    "TH": "Thailand",
    "AE": "United Arab Emirates",
}
WITH_STATE = frozenset({"JP", "US", "CA", "AU", "IT", "ES", "KR", "CN", "TH", "AE"})
WITHOUT_ZIP = frozenset({"HK", "AE"})
WITHOUT_CITY = frozenset({"SG"})


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """The parts that an address of the country has; those it has are required."""

    country: str
    has_zip: bool
    has_state: bool
    has_city: bool

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the parts that must be given, in the order of the form."""
        parts = (("zip", self.has_zip), ("state", self.has_state), ("city", self.has_city))
        present = tuple(name for name, is_there in parts if is_there)
        return ("addressee", *present, "line1", "phone")


def format_of(country: str) -> AddressFormat:
    """Return the country's format; one that we do not know has zip and city, but no state."""
    return AddressFormat(
        country=country,
        has_zip=country not in WITHOUT_ZIP,
        has_state=country in WITH_STATE,
        has_city=country not in WITHOUT_CITY,
    )
