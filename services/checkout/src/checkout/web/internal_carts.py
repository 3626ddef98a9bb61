"""What checkout answers to catalog about a buyer's cart: what is in it, and many cells at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from checkout.deps import deps
from checkout.domain.pricing import Wish
from checkout.domain.quantity import LARGEST
from checkout.store.carts import find_cart, list_wishes
from checkout.usecases.change_line import CartNow
from checkout.usecases.change_lines import change_lines
from common.web.internal import answers, questions

bp = questions("cart_questions", __name__)
MOST_LINES = 5000


class CartIn(Schema):
    """Whose cart: a buyer's on a link or, where that is null, of a catalog (R88).

    Who asks has made sure that the buyer is signed in there.
    """

    maker_id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)
    buyer_id = fields.UUID(required=True)
    link_id = fields.UUID(required=True, allow_none=True)
    catalog_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def check_place(self, given: dict[str, Any], **_more: Any) -> None:
        if (given["link_id"] is None) is (given["catalog_id"] is None):
            raise ValidationError("Name the link or the catalog.", "catalog_id")


class WantedLineIn(Schema):
    catalog_id = fields.UUID(required=True)
    sku_id = fields.UUID(required=True)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST))


class WantedLinesIn(CartIn):
    lines = fields.List(
        fields.Nested(WantedLineIn), required=True, validate=validate.Length(max=MOST_LINES)
    )


@answers(bp, "carts/read", reads=CartIn)
def read_cart(
    *,
    maker_id: UUID,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
    catalog_id: UUID | None,
) -> Mapping[str, Any]:
    """Answer the cart's lines; an untouched cart is empty at version 0."""
    with deps().database.transaction(maker_id) as session:
        cart = find_cart(session, catalog_id=catalog_id, buyer_id=buyer_id, link_id=link_id)
        if cart is None or cart.brand_id != brand_id:
            return {"version": 0, "units": 0, "lines": []}
        now = CartNow(version=cart.version, wishes=list_wishes(session, cart.id))
    return _head(now) | {"lines": [_line(wish) for wish in now.wishes]}


@answers(bp, "carts/write", reads=WantedLinesIn)
def write_cart(
    *,
    maker_id: UUID,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
    catalog_id: UUID | None,
    lines: list[dict[str, Any]],
) -> Mapping[str, Any]:
    """Set these cells and answer what each was before; repeating it changes nothing more."""
    with deps().database.transaction(maker_id) as session:
        now, changed = change_lines(
            session,
            [Wish(**line) for line in lines],
            catalog_id=catalog_id,
            maker_id=maker_id,
            brand_id=brand_id,
            buyer_id=buyer_id,
            link_id=link_id,
        )
    return _head(now) | {"lines": [_line(each.wish) | {"before": each.before} for each in changed]}


def _head(now: CartNow) -> dict[str, Any]:
    return {"version": now.version, "units": now.units}


def _line(wish: Wish) -> dict[str, Any]:
    return {
        "catalog_id": str(wish.catalog_id),
        "sku_id": str(wish.sku_id),
        "quantity": wish.quantity,
    }
