"""Changes of a cart's lines as they are sent: one by a script, or all by the page's form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checkout.domain.line_wish import read_day, read_note
from checkout.domain.pricing import Wish
from checkout.domain.quantity import read_quantity
from checkout.usecases.change_line import CartNow
from checkout.web.schemas import CartLineIn
from checkout.web.words import error_words
from common.errors import Invalid

LONGEST_QUANTITY = 20
WISHES = ("desired_on", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line as it shall be, and which of its fields were sent; the others stay as they are."""

    wish: Wish
    given: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CartForm:
    """What is to change. `errors` and `typed` are by the field's name; nothing typed is lost."""

    changes: list[LineChange] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


def read_change(sent: Any, cart: CartNow, *, today: Callable[[], date]) -> LineChange:
    """Return one change; `today` is asked only for a day that was sent. Raises ValidationError, NotAQuantity, WrongWish."""
    line = CartLineIn().load(sent)
    key = (line["catalog_id"], line["sku_id"])
    kept = {(wish.catalog_id, wish.sku_id): wish for wish in cart.wishes}.get(key)
    day, note = (kept.desired_on, kept.note) if kept else (None, None)
    quantity = read_quantity(line["quantity"])
    given = {name for name in WISHES if name in line and quantity}
    return LineChange(
        wish=Wish(
            catalog_id=line["catalog_id"],
            sku_id=line["sku_id"],
            quantity=quantity,
            desired_on=read_day(line["desired_on"], today=today())
            if "desired_on" in given
            else day,
            note=read_note(line["note"]) if "note" in given else note,
        ),
        given=frozenset(given | {"quantity"}),
    )


def read_cart_form(
    values: Mapping[str, str], cart: CartNow, *, today: Callable[[], date]
) -> CartForm:
    """Return what the form changes of this cart, and what is wrong with it."""
    form = CartForm(typed=values)
    for name, text in values.items():
        catalog_id, dot, sku_id = name.removeprefix("quantity.").partition(".")
        if not name.startswith("quantity.") or not dot:
            continue
        cell = f"{catalog_id}.{sku_id}"
        sent = {"catalog_id": catalog_id, "sku_id": sku_id, "quantity": _whole(text)}
        sent |= {wish: values[f"{wish}.{cell}"] for wish in WISHES if f"{wish}.{cell}" in values}
        try:
            change = read_change(sent, cart, today=today)
        except Invalid as wrong:
            form.errors.update({f"{e.field}.{cell}": error_words(e) for e in wrong.errors})
        else:
            form.changes.extend([] if change.wish in cart.wishes else [change])
    return form


def _whole(text: str) -> int | None:
    """Return the number typed, None for none; int() itself fails on thousands of digits."""
    plain = text.strip()
    if not plain:
        return 0
    return int(plain) if plain.isdecimal() and len(plain) <= LONGEST_QUANTITY else None
