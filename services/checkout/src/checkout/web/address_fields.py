"""The fields of one address: as they were typed, and what the form needs to show them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from checkout.domain.terms import SavedAddress
from common.addresses import PARTS, country_names, format_of, is_country
from common.web.i18n import language

ADDRESS_FIELDS = ("country", *PARTS)
USUAL_COUNTRY = "JP"


def typed_address(values: Mapping[str, str]) -> dict[str, str]:
    """Return what the browser sent; what it left out is empty."""
    typed = {name: values.get(name, "") for name in ADDRESS_FIELDS}
    return typed | {"country": typed["country"].strip().upper()}


def blank_address(country: str) -> dict[str, str]:
    """Return the address of which nothing but the buyer's country is known."""
    return dict.fromkeys(ADDRESS_FIELDS, "") | {"country": country}


def chosen_address(saved: Iterable[SavedAddress], typed: Mapping[str, str]) -> UUID | None:
    """Return which saved address the form shows as it is; None when it is another one."""
    same = (each.address_id for each in saved if asdict(each.address) == typed)
    return next(same, None)


def address_fields(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the inputs of the macro `fields` in layout/address.html; no country is Japan."""
    country = typed["country"] if is_country(typed["country"]) else USUAL_COUNTRY
    return {
        "given": {**typed, "country": country},
        "format": format_of(country),
        "countries": country_names(language()),
    }
