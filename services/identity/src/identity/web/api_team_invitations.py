"""/api/identity/v1/team/invitations: who is asked onto the staff by mail."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from identity.deps import deps
from identity.store.team_lists import page_invitations
from identity.usecases.invite_to_team import invite_to_team, resend_to_team, withdraw_from_team
from identity.web.managers import current_manager_or_key, manager_of
from identity.web.team_json import read_post, shown_invitation, team_search
from identity.web.team_schemas import (
    TeamInvitationIn,
    TeamInvitationOut,
    TeamInvitationsOut,
    TeamQuery,
)

bp = Blueprint("team_invitations_api", __name__, url_prefix="/team/invitations")


@bp.get("")
@bp.arguments(TeamQuery, location="query")
@bp.response(HTTPStatus.OK, TeamInvitationsOut)
def get_invitations(asked: dict[str, Any]) -> dict[str, Any]:
    """List the open invitations, oldest first"""
    staff, limit = current_manager_or_key(), asked["limit"]
    with deps().database.transaction(staff.maker_id) as session:
        rows = page_invitations(session, team_search(asked, staff))
    page = rows[:limit]
    return {
        "invitations": [shown_invitation(row, staff=staff) for row in page],
        "next_after": page[-1].id if len(rows) > limit else None,
    }


@bp.post("")
@bp.arguments(TeamInvitationIn)
@bp.response(HTTPStatus.CREATED, TeamInvitationOut)
def post_invitation(asked: dict[str, Any]) -> dict[str, Any]:
    """Invite somebody by mail; it ends the invitation before to the same address"""
    staff, post = current_manager_or_key(), read_post(asked)
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        row = invite_to_team(session, asked["email"], post, manager=manager, now=deps().now())
        return shown_invitation(row, staff=staff)


@bp.post("/<uuid:invitation_id>/mails")
@bp.response(HTTPStatus.CREATED, TeamInvitationOut)
def post_mail(invitation_id: UUID) -> dict[str, Any]:
    """Invite once more as before: another invitation, whose mail alone opens something"""
    staff = current_manager_or_key()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        row = resend_to_team(session, invitation_id, manager=manager, now=deps().now())
        return shown_invitation(row, staff=staff)


@bp.delete("/<uuid:invitation_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_invitation(invitation_id: UUID) -> None:
    """Withdraw an open invitation"""
    staff = current_manager_or_key()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        withdraw_from_team(session, invitation_id, manager=manager, now=deps().now())
