"""Random checkouts: link × catalogs × terms × address × rate tables, small enough to collide."""

from random import Random
from typing import Any

CURRENCIES = ("JPY", "JPY", "JPY", "USD", "KWD")
COUNTRIES = ("JP", "JP", "US", "FR")
"""The first of each comes often, so that rows and groups meet."""
PREFECTURES = ("東京都", "沖縄県", "北海道")
PERCENTS = (None, "0", "5.5", "8", "10", "19.25")


def make_case(chance: Random) -> dict[str, Any]:
    """Return one checkout as plain values; minor units. A row may name a group that is gone."""
    groups = {f"G{n}": _group(chance, n) for n in range(chance.randrange(5))}
    names = [*groups, "deleted"]
    country = chance.choice(COUNTRIES)
    return {
        "currency": chance.choice(CURRENCIES),
        "country": country,
        "state": chance.choice(PREFECTURES) if country == "JP" else "",
        "groups": groups,
        "link_rows": _rows(chance, names),
        "catalogs": [_catalog(chance, names) for _ in range(1 + chance.randrange(3))],
        "is_address_shown": chance.random() < 0.5,
        "methods": chance.choice((["outside"], ["stripe"], ["outside", "stripe"])),
        "add_on": chance.random() < 0.7,
        "is_stripe_ready": chance.random() < 0.7,
    }


def _group(chance: Random, number: int) -> dict[str, Any]:
    country = chance.choice((None, *COUNTRIES))
    return {
        "currency": chance.choice(CURRENCIES),
        "country": country,
        "is_enabled": chance.random() < 0.85,
        "tax_percent": chance.choice(PERCENTS),
        "rates": [_rate(chance, number, n, country) for n in range(chance.randrange(4))],
    }


def _rate(chance: Random, group: int, number: int, country: str | None) -> dict[str, Any]:
    minimum = chance.choice((None, None, 0, 3000, 10_000))
    maximum = chance.choice((None, None, 9_999, 10_000, 30_000))
    is_named = country == "JP" and chance.random() < 0.4
    return {
        "code": f"R{group}{number}",
        "fee": chance.choice((0, 500, 500, 805, 1_200)),
        "minimum": minimum,
        "maximum": maximum,
        "prefectures": chance.sample(PREFECTURES, 1 + chance.randrange(2)) if is_named else [],
    }


def _rows(chance: Random, names: list[str]) -> list[dict[str, Any]]:
    """Return rows with each Currency × Country once (D16)."""
    chosen = {
        (chance.choice(CURRENCIES), chance.choice((None, *COUNTRIES)))
        for _ in range(chance.randrange(6))
    }
    return [
        {"currency": currency, "country": country, "group": chance.choice(names)}
        for currency, country in sorted(chosen, key=str)
    ]


def _catalog(chance: Random, names: list[str]) -> dict[str, Any]:
    return {
        "rows": _rows(chance, names),
        "lines": [
            (chance.choice((0, 1, 999, 1_000, 2_500, 10_000)), 1 + chance.randrange(12))
            for _ in range(1 + chance.randrange(4))
        ],
        "taxes": [chance.randrange(2_000) for _ in range(chance.randrange(3))],
    }
