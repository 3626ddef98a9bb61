"""The quote as JSON and back, and the hash that says whether two quotes are the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from checkout.domain.pricing import Line, Rate, Tax
from checkout.domain.quote import OrderQuote, Quote, Shipping
from common.money import Money

Json = dict[str, Any]


def quote_as_json(quote: Quote) -> Json:
    """Return the breakdown as it is frozen: amounts as {"minor", "currency"}, ids as text."""
    return dict(_plain(quote))


def hash_of(breakdown: Mapping[str, Any]) -> str:
    """Return what tells this breakdown from any other; the order of keys does not matter."""
    canonical = json.dumps(breakdown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def quote_of_json(value: Mapping[str, Any]) -> Quote:
    """Return the quote that quote_as_json wrote."""
    return Quote(
        currency=value["currency"],
        orders=tuple(order_of_json(each) for each in value["orders"]),
        total=Money.of_json(value["total"]),
    )


def order_of_json(value: Mapping[str, Any]) -> OrderQuote:
    """Return one order of a frozen breakdown, such as an order's own snapshot."""
    shipping = value["shipping"]
    return OrderQuote(
        catalog_id=UUID(value["catalog_id"]),
        catalog_name=value["catalog_name"],
        lines=tuple(line_of_json(each) for each in value["lines"]),
        goods=Money.of_json(value["goods"]),
        taxes=tuple(tax_of_json(each) for each in value["taxes"]),
        shipping=_shipping(shipping) if shipping else None,
        total=Money.of_json(value["total"]),
    )


def line_of_json(value: Mapping[str, Any]) -> Line:
    """Return a line; one that catalog answered has the same shape as a frozen one."""
    return Line(
        catalog_id=UUID(value["catalog_id"]),
        sku_id=UUID(value["sku_id"]),
        sku_number=value["sku_number"],
        product_id=_uuid(value.get("product_id")),
        model_number=value["model_number"],
        product_name=value["product_name"],
        properties=dict(value["properties"] or {}),
        list_price=_money(value["list_price"]),
        unit_price=_money(value["unit_price"]),
        rate=_rate(value["rate"]),
        tax_id=_uuid(value.get("tax_id")),
        quantity=value["quantity"],
        amount=_money(value["amount"]),
        is_orderable=value.get("is_orderable", True),
        reason=value.get("reason"),
        desired_on=_day(value.get("desired_on")),
        note=value.get("note"),
    )


def tax_of_json(value: Mapping[str, Any]) -> Tax:
    return Tax(
        tax_id=_uuid(value.get("tax_id")),
        name=value["name"],
        percent=str(value["percent"]),
        is_reduced=value["is_reduced"],
        rounding=value["rounding"],
        base=Money.of_json(value["base"]),
        amount=Money.of_json(value["amount"]),
    )


def _shipping(value: Mapping[str, Any]) -> Shipping:
    return Shipping(
        fee=_money(value["fee"]),
        tax=_money(value["tax"]),
        rate_group_id=_uuid(value["rate_group_id"]),
        rate_code=value["rate_code"],
        rate_name=value["rate_name"],
        rule=value["rule"],
        note=value["note"],
    )


def _rate(value: Mapping[str, Any] | None) -> Rate | None:
    if value is None:
        return None
    return Rate(
        kind=value["kind"],
        value=str(value["value"]),
        source=value.get("source", ""),
        rule=value.get("rule", ""),
    )


def _money(value: Mapping[str, Any] | None) -> Money | None:
    return Money.of_json(value) if value else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Money):
        return value.as_json()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, UUID | date):
        return str(value)
    return {name: _plain(getattr(value, name)) for name in _FIELDS[type(value)]}


_FIELDS = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Line, OrderQuote, Quote, Rate, Shipping, Tax)
}
