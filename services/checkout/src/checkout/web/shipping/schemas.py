"""Rate groups and rates as JSON."""

from marshmallow import RAISE, Schema, fields, validate

from checkout.web.schemas import MoneyOut


class Strict(Schema):
    class Meta:
        unknown = RAISE


class AmountIn(Strict):
    """An amount in minor units of the group's currency, without tax."""

    minor = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    currency = fields.String(required=True, validate=validate.Length(equal=3))


class RateIn(Strict):
    """A fee and when it applies; both limits count themselves (R137, R138)."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    fee = fields.Nested(AmountIn, required=True)
    minimum = fields.Nested(AmountIn, load_default=None, allow_none=True)
    maximum = fields.Nested(AmountIn, load_default=None, allow_none=True)
    prefectures = fields.List(fields.String(), load_default=list)


class GroupIn(Strict):
    """A rate group; country null is All Countries (R136)."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    currency = fields.String(required=True, validate=validate.Length(equal=3))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Length(equal=2))
    tax_percent = fields.Decimal(load_default=None, allow_none=True, places=4)
    is_enabled = fields.Boolean(load_default=True)


class NewGroupIn(GroupIn):
    brand_id = fields.UUID(required=True)


class GroupsQuery(Strict):
    brand_id = fields.UUID()


class RateOut(Schema):
    id = fields.UUID()
    code = fields.String()
    name = fields.String()
    fee = fields.Nested(MoneyOut)
    minimum = fields.Nested(MoneyOut, allow_none=True)
    maximum = fields.Nested(MoneyOut, allow_none=True)
    prefectures = fields.List(fields.String())


class GroupOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
    code = fields.String()
    name = fields.String()
    currency = fields.String()
    country = fields.String(allow_none=True)
    tax_percent = fields.String(allow_none=True)
    is_enabled = fields.Boolean()
    rates = fields.List(fields.Nested(RateOut))


class GroupsOut(Schema):
    rate_groups = fields.List(fields.Nested(GroupOut))
