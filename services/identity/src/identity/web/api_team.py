"""/api/identity/v1/team: who works for the maker, for people and for keys made for it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from common.sessions import Claims
from common.web.auth import current_staff
from identity.deps import deps
from identity.store.team import MemberNotFound, get_member, list_brands_of
from identity.store.team_lists import list_brands_by_member, list_members
from identity.usecases.team_members import change_member, remove_member
from identity.web.api_tags import IfMatch, demand_tag, tagged
from identity.web.managers import current_manager_or_key, manager_of
from identity.web.team_json import read_post, shown_member, team_search
from identity.web.team_schemas import PostIn, TeamMemberOut, TeamOut, TeamQuery

bp = Blueprint(
    "team_api",
    __name__,
    url_prefix="/team",
    description=(
        "The maker's staff. A key needs the scope team:read or team:write. It reads who works for"
        " its brand, and manages like an admin who sees that brand alone, as long as the person who"
        " made it is an owner or admin: it never makes, changes or removes an owner, nor anybody who"
        " works for other brands too. The primary ownership is not handed over here: the primary"
        " owner does that in person, signed in (with the second factor where it is on), at /team."
    ),
)
Shown = tuple[dict[str, Any], int, Headers]


@bp.get("")
@bp.arguments(TeamQuery, location="query")
@bp.response(HTTPStatus.OK, TeamOut)
def get_team(asked: dict[str, Any]) -> dict[str, Any]:
    """List the staff in the order of joining"""
    staff, limit = current_staff(), asked["limit"]
    with deps().database.transaction(staff.maker_id) as session:
        rows = list_members(session, team_search(asked, staff))
        brands = list_brands_by_member(session, [member.id for member, _ in rows])
    page = rows[:limit]
    return {
        "members": [
            shown_member(member, user, brands.get(member.id, ()), staff=staff)
            for member, user in page
        ],
        "next_after": page[-1][0].id if len(rows) > limit else None,
    }


@bp.get("/<uuid:member_id>")
@bp.response(HTTPStatus.OK, TeamMemberOut)
def get_one(member_id: UUID) -> Shown:
    """Get one member; the ETag is for changing it"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        shown = _read(session, member_id, staff)
    return shown, HTTPStatus.OK, tagged(shown)


@bp.put("/<uuid:member_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(PostIn)
@bp.response(HTTPStatus.OK, TeamMemberOut)
@bp.alt_response(HTTPStatus.PRECONDITION_FAILED, description="Changed since you read it.")
@bp.alt_response(HTTPStatus.PRECONDITION_REQUIRED, description="If-Match is missing.")
def put_member(asked: dict[str, Any], member_id: UUID, **_header: str) -> Shown:
    """Give a member another role and other brands; its sessions end"""
    staff, now = current_manager_or_key(), deps().now()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        demand_tag(_read(session, member_id, staff))
        dead = change_member(session, member_id, read_post(asked), manager=manager, now=now)
        shown = _read(session, member_id, staff)
    deps().copies.bury(dead)
    return shown, HTTPStatus.OK, tagged(shown)


@bp.delete("/<uuid:member_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_member(member_id: UUID) -> None:
    """Take somebody off the staff; the account stays

    The open team invitations that this person sent are withdrawn, and the API keys that this person
    made are revoked at once, of whatever brand.
    """
    staff = current_manager_or_key()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        dead = remove_member(session, member_id, manager=manager, now=deps().now())
    deps().copies.bury(dead)


def _read(session: Session, member_id: UUID, staff: Claims) -> dict[str, Any]:
    """Return the member as the caller may see it. Raises MemberNotFound."""
    member, user = get_member(session, member_id)
    shown = shown_member(member, user, list_brands_of(session, member), staff=staff)
    if staff.kind == "api_key" and not (member.has_all_brands or shown["brand_ids"]):
        raise MemberNotFound("There is no such member.")
    return shown
