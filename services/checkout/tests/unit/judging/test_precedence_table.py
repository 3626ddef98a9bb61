"""precedence.txt, line by line: link over catalog, the one fallback, and the forced address."""

from pathlib import Path
from typing import Any

import pytest

from .of_case import judged

TABLE = Path(__file__).with_name("precedence.txt")
OWN_FEES = {800: "the link's", 500: "the catalog's"}
WAYS = {
    "outside": {"methods": ["outside"], "add_on": False},
    "Stripe": {"methods": ["outside", "stripe"], "add_on": True},
    "Stripe, no add-on": {"methods": ["outside", "stripe"], "add_on": False},
}


def lines() -> list[list[str]]:
    _, *rows = TABLE.read_text().splitlines()
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def case(link: str, catalog: str, address: str, payment: str) -> dict[str, Any]:
    """Return the checkout that a line of the table tells of: to Japan, in yen."""
    groups = {
        "link": _group(800, "JP"),
        "elsewhere": _group(800, "US"),
        "catalog": _group(500, "JP"),
        "disabled": _group(1, "JP", is_enabled=False),
        "empty": {**_group(1, "JP"), "rates": []},
    }
    return {
        "currency": "JPY",
        "country": "JP",
        "state": "東京都",
        "groups": groups,
        "link_rows": _rows(link, valid="link"),
        "catalogs": [
            {"rows": _rows(catalog, valid="catalog"), "lines": [(1_000, 2)], "taxes": []},
            {"rows": _rows(catalog, valid="catalog"), "lines": [(400, 5)], "taxes": []},
        ],
        "is_address_shown": address == "Show",
        "is_stripe_ready": True,
        **WAYS[payment],
    }


def test_the_table_is_whole() -> None:
    told = [tuple(row[:4]) for row in lines()]
    assert len(told) == len(set(told)) == 72


@pytest.mark.rule(
    *("R85", "R86", "R89", "R90", "R91", "R92", "R98", "R99", "R100", "R101", "R102", "R103"),
    *("R105", "R121", "D4", "D7", "D16", "D23"),
)
@pytest.mark.parametrize("row", lines(), ids=lambda row: ", ".join(row[:4]))
def test_the_line_is_kept(row: list[str]) -> None:
    link, catalog, address, payment, fee, field, rule = row
    said = judged(case(link, catalog, address, payment))
    assert said.quote
    assert {_told(order.shipping) for order in said.quote.orders} == {fee}
    assert ("displayed" if said.need.is_shown else "not displayed") == field
    assert said.need.rule == rule


def _told(shipping: Any) -> str:
    if shipping is None:
        return "none"
    return OWN_FEES[shipping.fee.minor] if shipping.fee else "cannot be calculated"


def _rows(setting: str, *, valid: str) -> list[dict[str, Any]]:
    names = {
        "not set": [],
        "valid": [("JP", valid)],
        "another country": [("US", "elsewhere")],
        "all invalid": [("JP", "disabled"), (None, "empty"), ("US", "deleted")],
    }[setting]
    return [{"currency": "JPY", "country": country, "group": name} for country, name in names]


def _group(fee: int, country: str, *, is_enabled: bool = True) -> dict[str, Any]:
    rate = {"code": "STD", "fee": fee, "minimum": None, "maximum": None, "prefectures": []}
    return {
        "currency": "JPY",
        "country": country,
        "is_enabled": is_enabled,
        "tax_percent": None,
        "rates": [rate],
    }
