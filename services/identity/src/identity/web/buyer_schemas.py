"""The shapes of the buyers' API."""

from marshmallow import RAISE, Schema, fields, validate

from identity.domain.buyer_details import RATE_KINDS, TYPES


class StrictSchema(Schema):
    """A field that nobody knows is refused: a misspelt one must not be lost in silence."""

    class Meta:
        unknown = RAISE


class BuyersQuery(Schema):
    brand_id = fields.UUID(load_default=None, metadata={"description": "One of your brands."})
    q = fields.String(load_default="", metadata={"description": "Name, code or e-mail."})
    kind = fields.String(load_default=None, validate=validate.OneOf(["offline", "connected"]))
    tag = fields.String(load_default=None, metadata={"description": "One of the buyer's tags."})
    after = fields.UUID(
        load_default=None, metadata={"description": "`next_after` of the page before."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RateSchema(StrictSchema):
    kind = fields.String(required=True, validate=validate.OneOf(RATE_KINDS))
    value = fields.String(
        required=True, metadata={"description": "A decimal with up to 4 places, as text."}
    )


class TermsOut(Schema):
    trade_term_id = fields.UUID(required=True)
    currency = fields.String(required=True)
    language = fields.String(required=True)
    country = fields.String(required=True)
    rate = fields.Nested(RateSchema, required=True)
    deposit_percent = fields.String(allow_none=True)
    payment_terms = fields.String(allow_none=True)


class TermsIn(StrictSchema):
    trade_term = fields.String(
        required=True, metadata={"description": "Code or id of one of the maker's trade terms."}
    )
    currency = fields.String(required=True)
    language = fields.String(required=True)
    country = fields.String(required=True, metadata={"description": "ISO 3166, two letters."})
    rate = fields.Nested(RateSchema, required=True)
    deposit_percent = fields.String(load_default=None, allow_none=True)
    payment_terms = fields.String(load_default=None, allow_none=True)


class DetailsIn(StrictSchema):
    name = fields.String(load_default="")
    type = fields.String(load_default="company", validate=validate.OneOf(TYPES))
    first_name = fields.String(load_default=None, allow_none=True)
    last_name = fields.String(load_default=None, allow_none=True)
    contact_email = fields.String(load_default=None, allow_none=True)
    phone = fields.String(load_default=None, allow_none=True)
    tax_id = fields.String(load_default=None, allow_none=True)
    tags = fields.List(fields.String(), load_default=list)
    unique_code = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "Left out: a new buyer gets one, another keeps its own."},
    )
    customer_code = fields.String(load_default=None, allow_none=True)
    terms = fields.Nested(TermsIn, required=True)
    recipients = fields.List(fields.String(), load_default=list)
    notification_emails = fields.List(fields.String(), load_default=list)


class NewBuyerIn(DetailsIn):
    brand_id = fields.UUID(required=True)
    login_email = fields.String(load_default=None, allow_none=True)
    login_password = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "Left out beside a login_email: one is made and answered, once."},
    )
    passcode = fields.String(load_default=None, allow_none=True)
    passcode_wanted = fields.Boolean(
        load_default=False, metadata={"description": "Make a passcode and answer it, once."}
    )


class BuyerOut(Schema):
    buyer_id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    unique_code = fields.String(required=True)
    customer_code = fields.String(allow_none=True)
    name = fields.String(required=True)
    is_company = fields.Boolean(required=True)
    first_name = fields.String(allow_none=True)
    last_name = fields.String(allow_none=True)
    contact_email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    tax_id = fields.String(allow_none=True)
    tags = fields.List(fields.String())
    notification_emails = fields.List(fields.String())
    login_email = fields.String(allow_none=True)
    has_link_login = fields.Boolean(required=True)
    has_passcode = fields.Boolean(required=True)
    terms = fields.Nested(TermsOut, required=True)


class NewBuyerOut(BuyerOut):
    secrets = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "What was made for you: login_password, passcode. Shown once."},
    )


class BuyersOut(Schema):
    buyers = fields.List(fields.Nested(BuyerOut), required=True)
    next_after = fields.UUID(allow_none=True)


class DeletionsIn(StrictSchema):
    buyer_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 200))


class FateOut(Schema):
    buyer_id = fields.UUID(required=True)
    fate = fields.String(
        required=True,
        metadata={
            "description": "deleted, has_orders, invitation_pending, connected or unknown (R166)."
        },
    )


class DeletionsOut(Schema):
    fates = fields.List(fields.Nested(FateOut), required=True)
