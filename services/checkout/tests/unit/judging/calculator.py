"""A second opinion: what a checkout costs and asks for, written from the rules alone.

Plain values in, plain values out; nothing of the service is used, so that a mistake there is not
repeated here. Numbers are minor units; a case is what `cases.make_case` makes.
"""

from fractions import Fraction
from math import floor
from typing import Any

Case = dict[str, Any]


def calculate(case: Case) -> dict[str, Any]:
    """Return orders, total, whether the address is asked for, and the ways to pay."""
    orders = [_order(case, catalog) for catalog in case["catalogs"]]
    return {
        "orders": orders,
        "total": sum(order["total"] for order in orders),
        "is_address_shown": _is_address_shown(case),
        "methods": _methods(case),
    }


def _order(case: Case, catalog: Case) -> dict[str, Any]:
    goods = 0
    for unit, quantity in catalog["lines"]:
        goods += unit * quantity
    tax = sum(catalog["taxes"])
    found = {"goods": goods, "tax": tax, "fee": None, "fee_tax": None, "rate": None}
    rows = _shipping_of(case, catalog)
    found["applies"] = bool(rows)
    winner = _cheapest(case, rows, goods)
    if winner is not None:
        group, rate = winner
        found["rate"] = rate["code"]
        found["fee"] = rate["fee"]
        if group["tax_percent"] is not None:  # R141: only if the group has a tax
            found["fee_tax"] = _half_up(
                Fraction(rate["fee"]) * Fraction(group["tax_percent"]) / 100
            )
    found["total"] = goods + tax + (found["fee"] or 0) + (found["fee_tax"] or 0)
    return found


def _shipping_of(case: Case, catalog: Case) -> list[Case]:
    """D4: the link's, unless not one of its rows is usable; then each catalog's own."""
    of_link = [row for row in case["link_rows"] if _is_usable(case, row)]
    if len(of_link) > 0:
        return of_link
    return [row for row in catalog["rows"] if _is_usable(case, row)]


def _is_usable(case: Case, row: Case) -> bool:
    """D4: the group is there (not deleted), enabled, and has a rate."""
    group = case["groups"].get(row["group"])
    if group is None:
        return False
    if not group["is_enabled"]:
        return False
    return len(group["rates"]) != 0


def _cheapest(case: Case, rows: list[Case], goods: int) -> tuple[Case, Case] | None:
    """D16, step by step: what fits; the country's own; the prefecture's own; the lowest fee."""
    fitting = []
    for row in rows:
        group = case["groups"][row["group"]]
        if row["currency"] != case["currency"] or group["currency"] != case["currency"]:
            continue
        if row["country"] not in (None, case["country"]):
            continue
        if group["country"] not in (None, case["country"]):
            continue
        is_own = row["country"] == case["country"] or group["country"] == case["country"]
        for rate in group["rates"]:
            if rate["minimum"] is not None and goods < rate["minimum"]:  # R138 inclusive
                continue
            if rate["maximum"] is not None and goods > rate["maximum"]:
                continue
            names = rate["prefectures"]
            if names and (case["country"] != "JP" or case["state"] not in names):  # R139
                continue
            fitting.append((is_own, bool(names), group, rate))
    for step in (0, 1):
        if any(each[step] for each in fitting):
            fitting = [each for each in fitting if each[step]]
    fitting.sort(key=lambda each: (each[3]["fee"], each[3]["code"]))
    return (fitting[0][2], fitting[0][3]) if fitting else None


def _is_address_shown(case: Case) -> bool:
    """R100 to R103, R105, D7, D23: two causes, each alone enough; else the toggle."""
    for catalog in case["catalogs"]:
        if _shipping_of(case, catalog):
            return True
    if "stripe" in _methods(case):
        return True
    return bool(case["is_address_shown"])


def _methods(case: Case) -> list[str]:
    """R113, R121: what the link offers, cards only with add-on and a finished Stripe account."""
    offered = set(case["methods"])
    if not (case["add_on"] and case["is_stripe_ready"]):
        offered.discard("stripe")
    return sorted(offered)


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
