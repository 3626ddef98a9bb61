"""The shapes of what belongs to a buyer: ways in, addresses, sessions, the offer to connect."""

from marshmallow import Schema, fields

from identity.web.buyer_schemas import StrictSchema


class LoginIn(StrictSchema):
    login_email = fields.String(required=True)
    login_password = fields.String(load_default=None, allow_none=True)


class PasscodeIn(StrictSchema):
    passcode = fields.String(load_default=None, allow_none=True)


class SecretsOut(Schema):
    secrets = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class AddressIn(StrictSchema):
    country = fields.String(required=True)
    addressee = fields.String(load_default="")
    zip = fields.String(load_default="")
    state = fields.String(load_default="")
    city = fields.String(load_default="")
    line1 = fields.String(load_default="")
    line2 = fields.String(load_default="")
    phone = fields.String(load_default="")
    is_default = fields.Boolean(load_default=False)


class AddressOut(Schema):
    address_id = fields.UUID(required=True)
    country = fields.String(required=True)
    addressee = fields.String(required=True)
    zip = fields.String(allow_none=True)
    state = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    line1 = fields.String(required=True)
    line2 = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    is_default = fields.Boolean(required=True)


class AddressesOut(Schema):
    addresses = fields.List(fields.Nested(AddressOut), required=True)


class SessionOut(Schema):
    session_id = fields.UUID(attribute="id")
    link_id = fields.UUID()
    method = fields.String()
    operator = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class SessionsOut(Schema):
    sessions = fields.List(fields.Nested(SessionOut), required=True)


class InvitationIn(StrictSchema):
    email = fields.String(required=True)


class InvitationOut(Schema):
    invitation_id = fields.UUID(attribute="id", required=True)
    email = fields.String(required=True)
    state = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)
