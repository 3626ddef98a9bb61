"""Writes an order with its lines in one statement, both as JSON that PostgreSQL takes apart."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from checkout.domain.pricing import Line
from checkout.store.models import Order, OrderLine
from common.money import Money
from common.together import write

ORDER = tuple(column.name for column in Order.__table__.columns)
LINE = tuple(column.name for column in OrderLine.__table__.columns)


def _words(table: str, columns: Iterable[str], kind: str) -> str:
    """Return what writes `:<table>`; a column that a newer release has added gets its default."""
    names = ", ".join(columns)
    source = f"jsonb_populate_{kind}(null::{table}, cast(:{table} as jsonb))"
    return f"insert into {table} ({names}) select {names} from {source}"  # noqa: S608


WRITE = text(
    f"with placed as ({_words('orders', ORDER, 'record')}) "
    + _words("order_lines", LINE, "recordset")
)


def write_order(session: Session, order: Order, lines: Sequence[Line]) -> None:
    """Write the order, and these as its lines, as they were agreed."""
    row = {name: getattr(order, name) for name in ORDER}
    rows = [_row(order, line, at) for at, line in enumerate(lines, start=1)]
    written = {"orders": _as_json(row), "order_lines": _as_json(rows)}
    write(session, WRITE, written)


def _row(order: Order, line: Line, position: int) -> dict[str, Any]:
    zero = Money.zero(order.total.currency)
    unit_price, amount = line.unit_price or zero, line.amount or zero
    return {
        "maker_id": order.maker_id,
        "order_id": order.id,
        "position": position,
        "sku_id": line.sku_id,
        "sku_number": line.sku_number,
        "model_number": line.model_number,
        "product_name": line.product_name,
        "properties": dict(line.properties),
        "unit_price_minor": unit_price.minor,
        "unit_price_currency": unit_price.currency,
        "quantity": line.quantity,
        "amount_minor": amount.minor,
        "amount_currency": amount.currency,
        "desired_on": line.desired_on,
        "note": line.note,
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: Any) -> str:
    """Return an id as text, a day or an instant as ISO 8601."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # A datetime is one, too.
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an order")
