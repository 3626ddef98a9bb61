"""What clients send and get, by shape."""

from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from checkout.store.models import Order
from checkout.store.order_search import UPLOADS
from checkout.web.ledger_view import LedgerRow


class MoneyOut(Schema):
    minor = fields.Integer()
    currency = fields.String()


class CartLineIn(Schema):
    """The new quantity of one cell; 0 takes the line away.

    A day or note that is left out stays as it is; null or an empty one takes it away.
    """

    class Meta:
        unknown = RAISE

    catalog_id = fields.UUID(required=True)
    sku_id = fields.UUID(required=True)
    quantity = fields.Raw(required=True, allow_none=True)
    desired_on = fields.String(allow_none=True, metadata={"format": "date"})
    note = fields.String(allow_none=True)


class OrdersQuery(Schema):
    """Which orders to list: newest first; `before` is the id of the last one already seen."""

    class Meta:
        unknown = RAISE

    brand_id = fields.UUID()
    number = fields.String(validate=validate.Length(max=20))
    state = fields.String(validate=validate.Length(max=40))
    upload = fields.String(validate=validate.OneOf(list(UPLOADS)))
    """failed, waiting, done or not_uploaded."""
    link_id = fields.UUID()
    since = fields.AwareDateTime()
    until = fields.AwareDateTime()
    before = fields.UUID()
    limit = fields.Integer(load_default=25, validate=validate.Range(min=1, max=100))


class OrderLineOut(Schema):
    sku_id = fields.UUID()
    sku_number = fields.String()
    model_number = fields.String()
    product_name = fields.String()
    properties = fields.Dict()
    unit_price = fields.Nested(MoneyOut, allow_none=True)
    quantity = fields.Integer()
    amount = fields.Nested(MoneyOut, allow_none=True)
    desired_on = fields.String(allow_none=True, metadata={"format": "date"})
    note = fields.String(allow_none=True)


class OrderOut(Schema):
    """An order as it was agreed."""

    order_id = fields.UUID(attribute="id")
    order_number = fields.String()
    state = fields.String()
    brand_id = fields.UUID()
    buyer_id = fields.UUID()
    buyer_name = fields.String()
    buyer_kind = fields.String()
    catalog_id = fields.UUID()
    catalog_name = fields.String()
    link_id = fields.UUID(allow_none=True)
    """null: a Standard Order."""
    method = fields.String()
    operator = fields.String(allow_none=True)
    payment_method = fields.String()
    units = fields.Integer()
    total = fields.Nested(MoneyOut)
    submitted_at = fields.AwareDateTime()
    completed_at = fields.AwareDateTime()


class AddressIn(Schema):
    """A delivery address; which parts are needed depends on the country (R106)."""

    class Meta:
        unknown = RAISE

    country = fields.String(required=True, validate=validate.Length(equal=2))
    addressee = fields.String(load_default="")
    zip = fields.String(load_default="")
    state = fields.String(load_default="")
    city = fields.String(load_default="")
    line1 = fields.String(load_default="")
    line2 = fields.String(load_default="")
    phone = fields.String(load_default="")


class NoteIn(Schema):
    """The brand's own note; an empty one takes it away."""

    class Meta:
        unknown = RAISE

    internal_note = fields.String(required=True)


class OrderDetailOut(OrderOut):
    """The same with its lines, taxes, shipping and address."""

    goods = fields.Method("goods_of")
    taxes = fields.Method("taxes_of")
    shipping = fields.Method("shipping_of")
    lines = fields.Method("lines_of")
    address = fields.Dict(allow_none=True)
    comment = fields.String(allow_none=True)
    po_number = fields.String(allow_none=True)
    internal_note = fields.String(allow_none=True)

    def goods_of(self, order: object) -> object:
        return order.snapshot["goods"]  # type: ignore[attr-defined]

    def taxes_of(self, order: object) -> object:
        return order.snapshot["taxes"]  # type: ignore[attr-defined]

    def shipping_of(self, order: object) -> object:
        return order.snapshot["shipping"]  # type: ignore[attr-defined]

    def lines_of(self, order: object) -> object:
        lines = order.snapshot["lines"]  # type: ignore[attr-defined]
        return OrderLineOut(many=True).dump(lines)


class DeliveryOut(Schema):
    """One consequence of an order: payment, transition, upload or mail."""

    kind = fields.String()
    subject = fields.String()
    state = fields.String()
    reason = fields.String(allow_none=True)
    cure = fields.String(allow_none=True)
    reference = fields.String(allow_none=True)
    attempts = fields.Integer()
    changed_at = fields.AwareDateTime(attribute="at", allow_none=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """An order with its ledger."""

    order: Order
    ledger: list[LedgerRow]


class OrderListedOut(OrderOut):
    """An order as it was agreed, and what became of it elsewhere."""

    deliveries = fields.List(fields.Nested(DeliveryOut))

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        if attr == "deliveries":
            return obj.ledger
        return super().get_attribute(obj.order, attr, default)


class OrderListOut(Schema):
    orders = fields.List(fields.Nested(OrderListedOut))
    older = fields.UUID(allow_none=True)


class RetriesIn(Schema):
    """The orders whose failed consequences are to be tried again."""

    class Meta:
        unknown = RAISE

    order_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=100))


class RetriesOut(Schema):
    orders_tried = fields.Integer()
    """Of how many of them something had failed."""
