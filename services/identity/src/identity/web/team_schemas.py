"""The shapes of the team's API."""

from marshmallow import Schema, fields, validate

from identity.domain.team import ROLES
from identity.web.buyer_schemas import StrictSchema

ALL_BRANDS = "Sees every brand, also those to come; owners always do."


class TeamQuery(Schema):
    after = fields.UUID(
        load_default=None, metadata={"description": "`next_after` of the page before."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class PostIn(StrictSchema):
    role = fields.String(
        required=True,
        validate=validate.OneOf(ROLES),
        metadata={"description": "Not above your own; a key gives admin at most."},
    )
    has_all_brands = fields.Boolean(load_default=False, metadata={"description": ALL_BRANDS})
    brand_ids = fields.List(
        fields.UUID(), load_default=[], metadata={"description": "Counts unless all are seen."}
    )


class TeamInvitationIn(PostIn):
    email = fields.String(required=True, validate=validate.Length(max=254))


class PostOut(Schema):
    email = fields.String(required=True)
    role = fields.String(
        required=True,
        metadata={"description": "primary_owner, owner, admin, member_write or member_read."},
    )
    has_all_brands = fields.Boolean(required=True, metadata={"description": ALL_BRANDS})
    brand_ids = fields.List(
        fields.UUID(), required=True, metadata={"description": "A key reads its own brand only."}
    )


class TeamMemberOut(PostOut):
    member_id = fields.UUID(required=True)
    name = fields.String(required=True)


class TeamInvitationOut(PostOut):
    invitation_id = fields.UUID(required=True)
    expires_at = fields.AwareDateTime(required=True)


class TeamOut(Schema):
    members = fields.List(fields.Nested(TeamMemberOut), required=True)
    next_after = fields.UUID(required=True, allow_none=True)


class TeamInvitationsOut(Schema):
    invitations = fields.List(fields.Nested(TeamInvitationOut), required=True)
    next_after = fields.UUID(required=True, allow_none=True)
