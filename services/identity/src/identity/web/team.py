"""/team: the maker's staff, who is invited, and each one's role and brands (R198)."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Invalid
from common.sessions import Claims
from common.web.auth import current_staff
from identity.deps import deps
from identity.domain.membership import PRIMARY
from identity.domain.roles import MANAGERS
from identity.domain.team import givable
from identity.store.api_keys import list_keys_made_by
from identity.store.staff import list_staff, list_staff_brands
from identity.store.team import get_member, list_brands_of
from identity.store.team_lists import list_team_invitations, list_team_invitations_by
from identity.usecases.managing import reaches
from identity.usecases.team_members import change_member, hand_over, remove_member
from identity.web.forms import Posted, read_form
from identity.web.managers import current_manager, manager_of, seen_manager
from identity.web.staff import field_sentences
from identity.web.team_forms import PostForm, render_post_page, typed_post

bp = Blueprint("team", __name__, url_prefix="/team")


@bp.get("")
def show_team() -> ResponseReturnValue:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        shown = {
            "members": list_staff(session),
            "brand_names": list_staff_brands(session),
            "invitations": list_team_invitations(session) if staff.role in MANAGERS else (),
        }
    return render_template("identity/team.html", staff=staff, givable=givable(staff.role), **shown)


@bp.get("/<uuid:member_id>")
def show_member(member_id: UUID) -> ResponseReturnValue:
    return _member_page(current_manager(), member_id)


@bp.post("/<uuid:member_id>")
def change(member_id: UUID) -> ResponseReturnValue:
    staff, form = current_manager(), read_form(PostForm)
    if form.errors:
        return _member_page(staff, member_id, form), 422
    try:
        with deps().database.transaction(staff.maker_id) as session:
            manager = manager_of(session, staff)
            dead = change_member(
                session, member_id, typed_post(form), manager=manager, now=deps().now()
            )
    except Invalid as refusal:
        wrong = Posted(form.values, field_sentences(refusal))
        return _member_page(staff, member_id, wrong), 422
    deps().copies.bury(dead)
    flash(_("Saved."), "good")
    return redirect("/team", 303)


@bp.post("/<uuid:member_id>/handover")
def give_ownership(member_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        dead = hand_over(session, member_id, manager=manager, now=deps().now())
    deps().copies.bury(dead)
    return redirect("/signin", 303)


@bp.post("/<uuid:member_id>/removal")
def remove(member_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        dead = remove_member(session, member_id, manager=manager, now=deps().now())
    deps().copies.bury(dead)
    flash(_("The member is removed."), "good")
    return redirect("/team", 303)


def _member_page(staff: Claims, member_id: UUID, form: Posted | None = None) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        member, user = get_member(session, member_id)
        theirs = list_brands_of(session, member)
        given = {
            "role": member.role,
            "has_all_brands": member.has_all_brands,
            "brands": [str(each) for each in theirs],
        }
        manager = seen_manager(session, staff)
        sees_theirs = reaches(manager, has_all_brands=member.has_all_brands, brand_ids=theirs)
        is_below = member.role in givable(staff.role) and user.id != staff.user_id
        return render_post_page(
            session,
            staff,
            form or Posted(),
            given,
            template="identity/team_member.html",
            member=member,
            user=user,
            can_change=is_below and sees_theirs,
            invitations=list_team_invitations_by(session, user.id),
            keys=list_keys_made_by(session, user.id, brand_ids=staff.brand_ids),
            can_hand_over=staff.role == PRIMARY and member.role != PRIMARY,
        )
