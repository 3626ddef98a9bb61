"""/app/organisations: a customer's organisations, their members and invitations."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate

from common.web.auth import current_user
from identity.deps import deps
from identity.domain.email import is_email, normal
from identity.domain.membership import PRIMARY
from identity.store.buyers import list_buyers_of_user
from identity.store.organisations import get_own, list_members, list_open_invitations
from identity.usecases.create_organisation import create_organisation
from identity.usecases.organisation_members import (
    ROLES,
    change_role,
    invite_member,
    remove_member,
    rename_organisation,
    withdraw,
)
from identity.web.account import person
from identity.web.forms import Posted, needed, read_form

bp = Blueprint("organisations", __name__, url_prefix="/app/organisations")


class NameForm(Schema):
    name = needed(120)


class InvitationForm(Schema):
    email = needed()
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class RoleForm(Schema):
    role = fields.String(required=True, validate=validate.OneOf((*ROLES, PRIMARY)))


class EmailForm(Schema):
    email = needed()


@bp.get("/new")
def show_new() -> ResponseReturnValue:
    current_user()
    return render_template("identity/app_organisation_new.html", form=Posted())


@bp.post("/new")
def create() -> ResponseReturnValue:
    user_id, form = person(current_user()), read_form(NameForm)
    if form.errors:
        return render_template("identity/app_organisation_new.html", form=form), 422
    with deps().database.transaction() as session:
        made = create_organisation(session, name=form.values["name"].strip(), user_id=user_id)
    return redirect(f"/app/organisations/{made.id}", 303)


@bp.get("/<uuid:organisation_id>")
def show(organisation_id: UUID) -> ResponseReturnValue:
    return _page(organisation_id)


@bp.post("/<uuid:organisation_id>")
def rename(organisation_id: UUID) -> ResponseReturnValue:
    user_id, form = person(current_user()), read_form(NameForm)
    if form.errors:
        return _page(organisation_id, name=form), 422
    with deps().database.transaction() as session:
        name = form.values["name"].strip()
        rename_organisation(session, organisation_id, by=user_id, name=name)
    flash(_("Saved."), "good")
    return _back(organisation_id)


@bp.post("/<uuid:organisation_id>/invitations")
def invite(organisation_id: UUID) -> ResponseReturnValue:
    user_id, form = person(current_user()), read_form(InvitationForm)
    email = normal(form.values.get("email", ""))
    if "email" not in form.errors and not is_email(email):
        form = Posted(form.values, {"email": _("Please give a complete email address.")})
    if form.errors:
        return _page(organisation_id, invitation=form), 422
    with deps().database.transaction() as session:
        invite_member(
            session,
            organisation_id,
            by=user_id,
            email=email,
            role=form.values["role"],
            now=deps().now(),
        )
    flash(_("The invitation is on its way to %(email)s.", email=email), "good")
    return _back(organisation_id)


@bp.post("/<uuid:organisation_id>/invitations/withdrawal")
def withdraw_invitation(organisation_id: UUID) -> ResponseReturnValue:
    user_id, form = person(current_user()), read_form(EmailForm)
    with deps().database.transaction() as session:
        email = normal(form.values.get("email", ""))
        withdraw(session, organisation_id, by=user_id, email=email, now=deps().now())
    flash(_("The invitation opens nothing more."), "good")
    return _back(organisation_id)


@bp.post("/<uuid:organisation_id>/members/<uuid:member_id>")
def give_role(organisation_id: UUID, member_id: UUID) -> ResponseReturnValue:
    user_id, form = person(current_user()), read_form(RoleForm)
    if form.errors:
        return _page(organisation_id), 422
    with deps().database.transaction() as session:
        change_role(session, organisation_id, member_id, by=user_id, role=form.values["role"])
    flash(_("Saved."), "good")
    return _back(organisation_id)


@bp.post("/<uuid:organisation_id>/members/<uuid:member_id>/removal")
def remove(organisation_id: UUID, member_id: UUID) -> ResponseReturnValue:
    user_id = person(current_user())
    with deps().database.transaction() as session:
        remove_member(session, organisation_id, member_id, by=user_id)
    if user_id == member_id:
        return redirect("/app", 303)
    flash(_("The member is removed."), "good")
    return _back(organisation_id)


def _page(organisation_id: UUID, **forms: Posted) -> str:
    user_id = person(current_user())
    with deps().database.transaction() as session:
        own = get_own(session, organisation_id, user_id=user_id)
        shown: dict[str, Any] = {
            "own": own,
            "members": list_members(session, organisation_id),
            "invitations": list_open_invitations(session, organisation_id),
            "buyers": [
                each
                for each in list_buyers_of_user(session, user_id)
                if each.organisation_id == organisation_id
            ],
        }
    given = {name: forms.get(name, Posted()) for name in ("name", "invitation")}
    return render_template("identity/app_organisation.html", user_id=user_id, **shown, **given)


def _back(organisation_id: UUID) -> ResponseReturnValue:
    return redirect(f"/app/organisations/{organisation_id}", 303)
