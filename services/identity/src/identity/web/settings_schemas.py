"""The shapes of the API of the maker's settings and brands."""

from marshmallow import Schema, fields, validate

from identity.domain.maker_choices import CURRENCIES, LANGUAGES
from identity.web.buyer_schemas import StrictSchema


class TradeTermIn(StrictSchema):
    code = fields.String(
        required=True, metadata={"description": "Small letters, digits, - and _; it stays."}
    )
    name = fields.String(required=True)


class TradeTermOut(Schema):
    trade_term_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    buyers = fields.Integer(
        required=True, metadata={"description": "How many have it; one that is used stays."}
    )


class SettingsIn(StrictSchema):
    """All of them: what is left out of a list is given up, unless buyers use it (R61)."""

    name = fields.String(required=True, metadata={"description": "The maker's."})
    languages = fields.List(
        fields.String(), required=True, metadata={"description": ", ".join(LANGUAGES)}
    )
    default_language = fields.String(required=True)
    currencies = fields.List(
        fields.String(), required=True, metadata={"description": ", ".join(CURRENCIES)}
    )
    default_currency = fields.String(
        load_default=None, allow_none=True, metadata={"description": "Of a new buyer."}
    )
    time_zone = fields.String(required=True, metadata={"description": "An IANA name: Asia/Tokyo."})
    trade_terms = fields.List(fields.Nested(TradeTermIn), required=True)
    default_trade_term = fields.String(
        load_default=None, allow_none=True, metadata={"description": "A code; of a new buyer."}
    )


class SettingsOut(Schema):
    name = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    default_language = fields.String(required=True)
    currencies = fields.List(fields.String(), required=True)
    default_currency = fields.String(required=True, allow_none=True)
    time_zone = fields.String(required=True)
    trade_terms = fields.List(fields.Nested(TradeTermOut), required=True)
    default_trade_term = fields.String(required=True, allow_none=True)


class BrandsQuery(Schema):
    after = fields.UUID(
        load_default=None, metadata={"description": "`next_after` of the page before."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class BrandNameIn(StrictSchema):
    name = fields.String(required=True)


class NewBrandIn(BrandNameIn):
    code = fields.String(
        required=True,
        metadata={
            "description": "2 to 6 of A-Z and 0-9: its order numbers begin with it. It stays."
        },
    )


class BrandOut(Schema):
    brand_id = fields.UUID(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True)


class BrandsOut(Schema):
    brands = fields.List(fields.Nested(BrandOut), required=True)
    next_after = fields.UUID(required=True, allow_none=True)
