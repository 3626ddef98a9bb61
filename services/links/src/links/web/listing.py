"""What the list's address asks for, and the addresses of its other pages."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from common.errors import NotFound
from links.domain.listing import Cursor, NoSuchPage, Order, Show, read_cursor


@dataclass(frozen=True, slots=True)
class Asked:
    """Search, filter, order and place in the list."""

    search: str
    show: Show
    order: Order
    cursor: Cursor | None

    @classmethod
    def of_request(cls) -> Self:
        """Return what this request asks for. Raises NotFound for a page that never was."""
        asked = request.args
        try:
            order = Order(asked.get("sort") or Order.NEWEST.value)
            page = asked.get("page")
            return cls(
                search=asked.get("q", "").strip(),
                show=Show(asked.get("show") or Show.ALL.value),
                order=order,
                cursor=read_cursor(page, order) if page else None,
            )
        except (ValueError, NoSuchPage) as wrong:
            raise NotFound(_("There is no such page.")) from wrong

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search) or self.show is not Show.ALL

    def address(self, cursor: Cursor | None) -> str | None:
        """Return the address of the page at that cursor; None for no page."""
        if cursor is None:
            return None
        asked: dict[str, Any] = {"q": self.search, "show": self.show.value}
        asked |= {"sort": self.order.value, "page": cursor.text()}
        return "/links?" + urlencode({name: value for name, value in asked.items() if value})
