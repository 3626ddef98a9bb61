"""Members and invitations as JSON; a key reads of its own brand only (R203)."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from common.sessions import Claims
from identity.store.models import StaffMember, TeamInvitation, User
from identity.store.team_lists import TeamSearch
from identity.usecases.managing import Post


def team_search(asked: Mapping[str, Any], staff: Claims) -> TeamSearch:
    """Return the search for one page: people see the whole team, a key who works for its brand."""
    return TeamSearch(brand_ids=_readable(staff), after=asked["after"], limit=asked["limit"])


def read_post(asked: Mapping[str, Any]) -> Post:
    return Post(
        asked["role"],
        has_all_brands=asked["has_all_brands"],
        brand_ids=frozenset(asked["brand_ids"]),
    )


def shown_member(
    member: StaffMember, user: User, brand_ids: Collection[UUID], *, staff: Claims
) -> dict[str, Any]:
    return {
        "member_id": member.id,
        "email": user.email,
        "name": user.name,
        "role": member.role,
        "has_all_brands": member.has_all_brands,
        "brand_ids": _seen(brand_ids, staff),
    }


def shown_invitation(row: TeamInvitation, *, staff: Claims) -> dict[str, Any]:
    return {
        "invitation_id": row.id,
        "email": row.email,
        "role": row.role,
        "has_all_brands": row.has_all_brands,
        "brand_ids": _seen([UUID(each) for each in row.brand_ids], staff),
        "expires_at": row.expires_at,
    }


def _readable(staff: Claims) -> Collection[UUID] | None:
    return staff.brand_ids if staff.kind == "api_key" else None


def _seen(brand_ids: Collection[UUID], staff: Claims) -> list[UUID]:
    readable = _readable(staff)
    return [each for each in brand_ids if readable is None or each in readable]
