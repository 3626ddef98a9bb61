"""/api/identity/v1/team: the staff, for people only: an API key belongs to a brand, no key manages."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.errors import NotFound
from identity.deps import deps
from identity.domain.team import ROLES
from identity.store.models import TeamInvitation
from identity.store.staff import list_staff
from identity.store.team import list_brands_of, list_team_invitations
from identity.usecases.invite_to_team import invite_to_team, withdraw_from_team
from identity.usecases.team_members import Post, change_member, remove_member
from identity.web.buyer_schemas import StrictSchema
from identity.web.managers import current_manager, manager_of

bp = Blueprint("team_api", __name__, url_prefix="/team", description="The maker's staff")


class PostIn(StrictSchema):
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    has_all_brands = fields.Boolean(load_default=False)
    brand_ids = fields.List(
        fields.UUID(), load_default=[], metadata={"description": "Counts unless all are seen."}
    )


class TeamInvitationIn(PostIn):
    email = fields.String(required=True, validate=validate.Length(max=254))


class TeamMemberOut(Schema):
    member_id = fields.UUID(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    has_all_brands = fields.Boolean(required=True)
    brand_ids = fields.List(fields.UUID(), required=True)


class TeamInvitationOut(Schema):
    invitation_id = fields.UUID(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True)
    expires_at = fields.DateTime(required=True)


class TeamOut(Schema):
    members = fields.List(fields.Nested(TeamMemberOut), required=True)
    invitations = fields.List(fields.Nested(TeamInvitationOut), required=True)


@bp.get("")
@bp.response(HTTPStatus.OK, TeamOut)
def get_team() -> dict[str, Any]:
    """List the staff and the open invitations"""
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        return {
            "members": [
                {
                    "member_id": member.id,
                    "email": user.email,
                    "name": user.name,
                    "role": member.role,
                    "has_all_brands": member.has_all_brands,
                    "brand_ids": list_brands_of(session, member),
                }
                for member, user in list_staff(session)
            ],
            "invitations": [_invitation(row) for row in list_team_invitations(session)],
        }


@bp.post("/invitations")
@bp.arguments(TeamInvitationIn)
@bp.response(HTTPStatus.CREATED, TeamInvitationOut)
def post_invitation(asked: dict[str, Any]) -> dict[str, Any]:
    """Invite somebody by mail; it ends the invitation before to the same address"""
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        row = invite_to_team(
            session, asked["email"], _post(asked), manager=manager, now=deps().now()
        )
        return _invitation(row)


@bp.delete("/invitations/<uuid:invitation_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_invitation(invitation_id: UUID) -> None:
    """Withdraw an open invitation"""
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        if not withdraw_from_team(session, invitation_id, manager=manager, now=deps().now()):
            raise NotFound("There is no such invitation.")


@bp.put("/<uuid:member_id>")
@bp.arguments(PostIn)
@bp.response(HTTPStatus.NO_CONTENT)
def put_member(asked: dict[str, Any], member_id: UUID) -> None:
    """Give a member another role and brands; its sessions end"""
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        dead = change_member(session, member_id, _post(asked), manager=manager, now=deps().now())
    deps().copies.bury(dead)


@bp.delete("/<uuid:member_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_member(member_id: UUID) -> None:
    """Take somebody off the staff; the account stays"""
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        dead = remove_member(session, member_id, manager=manager, now=deps().now())
    deps().copies.bury(dead)


def _post(asked: dict[str, Any]) -> Post:
    return Post(
        asked["role"],
        has_all_brands=asked["has_all_brands"],
        brand_ids=frozenset(asked["brand_ids"]),
    )


def _invitation(row: TeamInvitation) -> dict[str, Any]:
    return {
        "invitation_id": row.id,
        "email": row.email,
        "role": row.role,
        "expires_at": row.expires_at,
    }
