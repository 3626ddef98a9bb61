"""Shipping Fee Settings: a row for each Currency × Country, choosing a rate group (R133, R134)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from links.gateways.peers import Choices, NamedRateGroup
from links.web.form.fields import ShippingRow


@dataclass(frozen=True)
class OfferedRow:
    """One combination, the groups that fit it as (id, name, is_usable), and the chosen one."""

    currency: str
    country: str
    """Empty: All Countries."""
    groups: Sequence[NamedRateGroup]
    chosen: str


def offered_rows(
    choices: Choices, markets: Collection[tuple[str, str]], rows: Sequence[ShippingRow]
) -> list[OfferedRow]:
    """Return the combinations worth a row, All Countries first within each currency.

    `markets` are the currencies and countries of the brand's buyers. A group of a country fits
    that country, one of All Countries fits every row (D16 decides which of two rows applies).
    """
    groups = choices.rate_groups
    currencies = {group.currency for group in groups}
    pairs = {(group.currency, group.country or "") for group in groups}
    pairs |= {(currency, country) for currency, country in markets if currency in currencies}
    pairs |= {(row.currency, row.country) for row in rows if row.currency in currencies}
    chosen = {(row.currency, row.country): row.rate_group_id for row in rows}
    offered = [
        OfferedRow(currency, country, _fitting(groups, currency, country), chosen.get(pair, ""))
        for pair in sorted(pairs)
        for currency, country in [pair]
    ]
    return [row for row in offered if row.groups]


def _fitting(groups: Sequence[NamedRateGroup], currency: str, country: str) -> list[NamedRateGroup]:
    return [
        group
        for group in groups
        if group.currency == currency and group.country in (None, country or None)
    ]
