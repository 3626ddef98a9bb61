"""Random carts of one catalog: list prices × rates × overrides × taxes, made to meet."""

from random import Random
from typing import Any

Case = dict[str, Any]
CURRENCIES = ("JPY", "USD", "KWD")
COUNTRIES = ("JP", "JP", "US")
PRODUCTS = ("tee", "coat", "scarf")
RATIOS = ("0", "0.5", "0.55", "0.6", "0.3333", "0.9999", "1", "1.25")
PERCENTS = ("0", "5", "12.5", "33.3333", "40", "99.9999", "100")
TAXES = ("0", "5.5", "8", "10", "19.25", "7.7777")


def make_case(chance: Random) -> Case:
    """Return the case; prices are minor units, rates and percents exact texts."""
    return {
        "catalog": "spring",
        "currency": chance.choice(CURRENCIES),
        "country": chance.choice(COUNTRIES),
        "rate": _rate(chance),
        "overrides": _overrides(chance),
        "taxes": {name: _tax(chance) for name in ("standard", "reduced")},
        "lines": [_line(chance) for _ in range(1 + chance.randrange(6))],
    }


def _rate(chance: Random) -> Case:
    if chance.random() < 0.5:
        return {"kind": "ratio", "value": chance.choice(RATIOS)}
    return {"kind": "percent_off", "value": chance.choice(PERCENTS)}


def _overrides(chance: Random) -> list[Case]:
    """Return at most one override per catalog × product, also of another catalog."""
    places = [(c, p) for c in ("spring", "autumn", None) for p in (*PRODUCTS, None) if c or p]
    chosen = chance.sample(places, chance.randrange(5))
    return [{"catalog": c, "product": p, "rate": _rate(chance)} for c, p in chosen]


def _tax(chance: Random) -> Case:
    return {
        "country": chance.choice(COUNTRIES),
        "percent": chance.choice(TAXES),
        "rounding": chance.choice(("down", "up", "half_up")),
    }


def _line(chance: Random) -> Case:
    listed = chance.choice((None, 0, 1, 3, 99, 4_980, 12_345, chance.randrange(10**7)))
    return {
        "product": chance.choice(PRODUCTS),
        "list": listed,
        "quantity": 1 + chance.randrange(48),
        "tax": chance.choice(("standard", "reduced", "none")),
    }
