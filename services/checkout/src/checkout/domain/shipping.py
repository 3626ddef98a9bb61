"""Which shipping is in force and what it costs: D4, D16, R131 to R144."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from checkout.domain.prefectures import prefecture_of
from common.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingRow:
    """A link's or catalog's choice for Currency x Country (R133); country None is All Countries."""

    currency: str
    country: str | None
    rate_group_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingRate:
    """Fee and limits are without tax (R137); minimum and maximum are inclusive (R138)."""

    code: str
    name: str
    fee: Money
    minimum: Money | None = None
    maximum: Money | None = None
    prefectures: frozenset[str] = frozenset()
    """Japanese names; empty is everywhere (R139)."""

    def covers(self, goods: Money) -> bool:
        is_enough = self.minimum is None or self.minimum <= goods
        return is_enough and (self.maximum is None or goods <= self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateGroup:
    """Rates of one currency, for one country or (None) for all (R135, R136)."""

    rate_group_id: UUID
    code: str
    name: str
    currency: str
    country: str | None
    is_enabled: bool
    rates: tuple[ShippingRate, ...]
    tax_percent: Decimal | None = None

    @property
    def is_usable(self) -> bool:
        """Enabled and with a rate; a deleted group is not among those we are given (D4)."""
        return self.is_enabled and bool(self.rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where an order goes; state None or "" when nobody has said yet."""

    country: str
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRate:
    group: RateGroup
    rate: ShippingRate


Groups = Mapping[UUID, RateGroup]


def rows_in_force(
    link_rows: Sequence[ShippingRow], catalog_rows: Sequence[ShippingRow], groups: Groups
) -> tuple[ShippingRow, ...]:
    """Return the link's usable rows, or, when it has none at all, the catalog's (D4, R89, R90)."""
    return usable(link_rows, groups) or usable(catalog_rows, groups)


def usable(rows: Iterable[ShippingRow], groups: Groups) -> tuple[ShippingRow, ...]:
    """Return the rows whose group exists, is enabled and has a rate."""
    return tuple(
        row for row in rows if row.rate_group_id in groups and groups[row.rate_group_id].is_usable
    )


def choose_rate(
    rows: Iterable[ShippingRow], groups: Groups, *, goods: Money, destination: Destination
) -> ChosenRate | None:
    """Return the rate for goods without tax sent there, or None when no rate applies (D16).

    Of the rates that apply, one for the country goes before All Countries, one that names the
    prefecture before a general one, then the lowest fee, then the code so that it never flickers.
    """
    found = [
        (_rank(row, groups[row.rate_group_id], rate), ChosenRate(group=group, rate=rate))
        for row in rows
        for group in [groups[row.rate_group_id]]
        if _reaches(row, group, goods.currency, destination.country)
        for rate in group.rates
        if rate.covers(goods) and _names(rate, destination)
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def _reaches(row: ShippingRow, group: RateGroup, currency: str, country: str) -> bool:
    is_there = row.country in (None, country) and group.country in (None, country)
    return is_there and row.currency == group.currency == currency


def _names(rate: ShippingRate, destination: Destination) -> bool:
    if not rate.prefectures:
        return True
    prefecture = prefecture_of(destination.state or "")
    return destination.country == "JP" and prefecture in rate.prefectures


def _rank(row: ShippingRow, group: RateGroup, rate: ShippingRate) -> tuple[bool, bool, int, str]:
    is_for_all = row.country is None and group.country is None
    return is_for_all, not rate.prefectures, rate.fee.minor, rate.code
