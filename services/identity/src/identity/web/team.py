"""/team: the maker's staff, who is invited, and each one's role and brands (R198)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from common.errors import Conflict, Invalid
from common.sessions import Claims
from common.web.auth import current_staff
from identity.deps import deps
from identity.domain.membership import PRIMARY
from identity.domain.roles import MANAGERS
from identity.domain.team import ROLES, WRITER, givable
from identity.store.brands import list_brands
from identity.store.staff import list_staff, list_staff_brands
from identity.store.team import get_member, list_brands_of, list_team_invitations
from identity.usecases.invite_to_team import invite_to_team, withdraw_from_team
from identity.usecases.team_members import Post, change_member, hand_over, remove_member
from identity.web.forms import Posted, needed, read_form
from identity.web.managers import current_manager, manager_of
from identity.web.staff import field_sentences

bp = Blueprint("team", __name__, url_prefix="/team")


class PostForm(Schema):
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class InvitationForm(PostForm):
    email = needed()


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


@bp.get("/invite")
def show_invite() -> ResponseReturnValue:
    return _invite_page(current_manager(), Posted())


@bp.post("/invite")
def invite() -> ResponseReturnValue:
    staff, form = current_manager(), read_form(InvitationForm)
    if form.errors:
        return _invite_page(staff, form), 422
    try:
        with deps().database.transaction(staff.maker_id) as session:
            manager, email = manager_of(session, staff), form.values["email"]
            invite_to_team(session, email, _post(form), manager=manager, now=deps().now())
    except Invalid as refusal:
        return _invite_page(staff, Posted(form.values, field_sentences(refusal))), 422
    except Conflict as refusal:
        return _invite_page(staff, Posted(form.values, {"email": str(_(refusal.detail))})), 409
    flash(_("The invitation is on its way to %(email)s.", email=email), "good")
    return redirect("/team", 303)


@bp.post("/invitations/<uuid:invitation_id>/withdrawal")
def withdraw(invitation_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        withdraw_from_team(session, invitation_id, manager=manager, now=deps().now())
    flash(_("The invitation opens nothing more."), "good")
    return redirect("/team", 303)


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
            dead = change_member(session, member_id, _post(form), manager=manager, now=deps().now())
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


def _post(form: Posted) -> Post:
    """Return the wished post; a brand that is no id is as if it were not there."""
    chosen = {each for each in map(_uuid, request.form.getlist("brands")) if each}
    is_all = request.form.get("has_all_brands") == "yes"
    return Post(form.values["role"], has_all_brands=is_all, brand_ids=frozenset(chosen))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _invite_page(staff: Claims, form: Posted) -> str:
    given = {"role": WRITER, "has_all_brands": True, "brands": []}
    with deps().database.transaction(staff.maker_id) as session:
        return _render(session, staff, form, given, template="identity/team_invite.html")


def _member_page(staff: Claims, member_id: UUID, form: Posted | None = None) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        member, user = get_member(session, member_id)
        given = {
            "role": member.role,
            "has_all_brands": member.has_all_brands,
            "brands": [str(each) for each in list_brands_of(session, member)],
        }
        can_change = member.role in givable(staff.role) and user.id != staff.user_id
        return _render(
            session,
            staff,
            form or Posted(),
            given,
            template="identity/team_member.html",
            member=member,
            user=user,
            can_change=can_change,
            can_hand_over=staff.role == PRIMARY and member.role != PRIMARY,
        )


def _render(
    session: Session,
    staff: Claims,
    form: Posted,
    given: dict[str, Any],
    *,
    template: str,
    **more: Any,
) -> str:
    if request.method == "POST":
        given = {
            "role": form.values.get("role", given["role"]),
            "has_all_brands": request.form.get("has_all_brands") == "yes",
            "brands": request.form.getlist("brands"),
        }
    return render_template(
        template,
        form=form,
        given=given,
        roles_given=givable(staff.role),
        brand_rows=list_brands(session, staff.brand_ids),
        **more,
    )
