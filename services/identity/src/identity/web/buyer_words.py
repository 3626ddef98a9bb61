"""What codes are called in the reader's language."""

from common.addresses import PARTS, country_names, parcel_lines
from common.web.i18n import language
from identity.store.models import Address


def country_name(code: str) -> str:
    return dict(country_names(language())).get(code, code)


def address_lines(address: Address) -> list[str]:
    """Return a buyer's address as it is written on a parcel."""
    parts = {part: getattr(address, part) or "" for part in PARTS}
    return parcel_lines({**parts, "country": address.country}, language())
