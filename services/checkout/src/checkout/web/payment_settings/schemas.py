"""Card payment as JSON."""

from marshmallow import RAISE, Schema, fields, validate

from checkout.web.schemas import MoneyOut


class Strict(Schema):
    class Meta:
        unknown = RAISE


class BrandQuery(Strict):
    """Of one brand, or of all that you may see."""

    brand_id = fields.UUID()


class CardSettingsIn(Strict):
    """The add-on, the connected account (null: none) and the published page (null: none)."""

    is_active = fields.Boolean(required=True)
    account_id = fields.String(required=True, allow_none=True, validate=validate.Length(max=80))
    commerce_page_url = fields.String(
        required=True, allow_none=True, validate=validate.Length(max=500)
    )


class CardSettingsOut(Schema):
    """What a brand has of card payment; `missing` is what Stripe still needs (R119)."""

    brand_id = fields.UUID()
    is_active = fields.Boolean()
    account_id = fields.String(allow_none=True)
    details_submitted = fields.Boolean()
    charges_enabled = fields.Boolean()
    payouts_enabled = fields.Boolean()
    commerce_page_url = fields.String(allow_none=True)
    missing = fields.List(fields.String())
    is_offered = fields.Boolean()


class CardSettingsListOut(Schema):
    card_payment = fields.List(fields.Nested(CardSettingsOut))


class PaymentOut(Schema):
    """The card payment of a checkout; placed means paid and ordered."""

    checkout_id = fields.UUID(attribute="id")
    brand_id = fields.UUID()
    buyer_name = fields.String()
    amount = fields.Nested(MoneyOut)
    state = fields.String()
    closing_reason = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    payment_intent_id = fields.String(allow_none=True)
    refund_id = fields.String(allow_none=True)
    submitted_at = fields.AwareDateTime()
    paid_at = fields.AwareDateTime(allow_none=True)
    refunded_at = fields.AwareDateTime(allow_none=True)


class PaymentsOut(Schema):
    payments = fields.List(fields.Nested(PaymentOut))
