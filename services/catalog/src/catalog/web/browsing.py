"""What a buyer asked a catalog's page for, and the addresses that ask for something else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from catalog.domain.shelf_order import ORDERS, ShelfOrder, shelf_order

LAST_PAGE = 10_000


@dataclass(frozen=True)
class Browsing:
    """The words, category, order and page of a catalog; their names are those in the address."""

    q: str = ""
    category: str = ""
    sort: ShelfOrder = "brand"
    page: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether not all of the catalog is shown."""
        return bool(self.q or self.category)

    def address(self, base: str, **changed: Any) -> str:
        """Return the address of the same with something changed, from its first page."""
        wanted = replace(self, **({"page": 0} | changed))
        usual = asdict(Browsing())
        said = {name: value for name, value in asdict(wanted).items() if value != usual[name]}
        return f"{base}?{urlencode(said)}" if said else base


def asked_browsing() -> Browsing:
    """Return what this request asks for; what makes no sense is left out."""
    page = request.args.get("page", 0, type=int)
    return Browsing(
        q=asked_words("q"),
        category=asked_words("category"),
        sort=shelf_order(request.args.get("sort", "")),
        page=max(0, min(page, LAST_PAGE)),
    )


def asked_words(name: str) -> str:
    """Return words of the address; a null character cannot be looked for."""
    return request.args.get(name, "").replace("\x00", "").strip()


def browsing_links(
    browsing: Browsing, base: str, categories: Mapping[str, int], *, has_more: bool
) -> dict[str, Any]:
    """Return the links of a catalog's page: its categories, orders, and pages beside this one."""
    named = {name: count for name, count in categories.items() if name}
    page = browsing.page
    return {
        "total": categories.get(browsing.category, 0)
        if browsing.category
        else sum(categories.values()),
        "all_url": base,
        "categories": [
            {
                "name": name or _("Everything"),
                "count": count,
                "url": browsing.address(base, category=name),
                "is_current": browsing.category == name,
            }
            for name, count in {"": sum(categories.values()), **named}.items()
        ]
        if len(named) > 1 or browsing.category
        else [],
        "orders": [
            {
                "name": _order_words()[each],
                "url": browsing.address(base, sort=each),
                "is_current": browsing.sort == each,
            }
            for each in ORDERS
        ],
        "before_url": browsing.address(base, page=page - 1) if page else None,
        "after_url": browsing.address(base, page=page + 1) if has_more else None,
    }


def _order_words() -> dict[ShelfOrder, str]:
    return {
        "brand": _("As arranged"),
        "name": _("Name"),
        "price": _("Price"),
        "newest": _("Newest"),
    }
