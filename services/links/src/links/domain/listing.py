"""How Link Management can be narrowed and ordered."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class Order(Enum):
    """By what the list is ordered."""

    NEWEST = "newest"
    NAME = "name"
    RELEASE = "release"
    EXPIRY = "expiry"
    ORDERS = "orders"


class Show(Enum):
    """Which links are listed, by what they are now."""

    ALL = "all"
    OPEN = "open"
    """Open at this moment: not void, released and not expired."""
    NOT_YET_RELEASED = "not_yet_released"
    EXPIRED = "expired"
    VOID = "void"


class NoSuchPage(ValueError):
    """A cursor that this list never gave."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or before) the link with this key and id in the list's order."""

    order: Order
    key: str | int | None
    """The name, the number of orders, or an instant as ISO text; None for no limit at all."""
    id: UUID
    is_backwards: bool = False

    def text(self) -> str:
        """Return the cursor as an address carries it."""
        parts = [self.order.value, self.key, str(self.id), self.is_backwards]
        return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(text: str, order: Order) -> Cursor:
    """Return the cursor that an address carries. Raises NoSuchPage."""
    try:
        parts = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        own, key, link_id, is_backwards = parts
        cursor = Cursor(Order(own), key, UUID(link_id), bool(is_backwards))
        _check_key(cursor)
    except (ValueError, TypeError, AttributeError, NotBase64, RecursionError) as wrong:
        raise NoSuchPage(text) from wrong
    if cursor.order is not order:
        raise NoSuchPage(text)
    return cursor


def _check_key(cursor: Cursor) -> None:
    kinds = {Order.NAME: str, Order.ORDERS: int}
    if cursor.order in (Order.RELEASE, Order.EXPIRY):
        if cursor.key is not None and datetime.fromisoformat(str(cursor.key)).tzinfo is None:
            raise ValueError("an instant needs an offset")
    elif cursor.order in kinds and not isinstance(cursor.key, kinds[cursor.order]):
        raise ValueError("not a key of this order")
    if "\x00" in str(cursor.key) or (isinstance(cursor.key, int) and abs(cursor.key) > 2**31 - 1):
        raise ValueError("not a key of this order")
