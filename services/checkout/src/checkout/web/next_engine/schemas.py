"""What the JSON API of NEXT ENGINE gives."""

from marshmallow import RAISE, Schema, fields

from checkout.domain.next_engine.csv import ENCODINGS


class NextEngineQuery(Schema):
    class Meta:
        unknown = RAISE

    brand_id = fields.UUID()


class EncodingIn(Schema):
    class Meta:
        unknown = RAISE

    encoding = fields.String(required=True, metadata={"enum": list(ENCODINGS)})


class StandingOut(Schema):
    """How one brand stands with NEXT ENGINE; without a connection all but the first are null."""

    brand_id = fields.UUID()
    state = fields.String()
    waiting_uploads = fields.Integer()
    company_id = fields.String(allow_none=True)
    company_name = fields.String(allow_none=True)
    shop_id = fields.String(allow_none=True)
    pattern_id = fields.String(allow_none=True)
    sign_in_ends_at = fields.AwareDateTime(allow_none=True)
    last_call_at = fields.AwareDateTime(allow_none=True)
    last_error = fields.String(allow_none=True)
    csv_encoding = fields.String(allow_none=True)


class StandingListOut(Schema):
    next_engine = fields.List(fields.Nested(StandingOut))
