"""/settings/api-keys: keys for programs. A new one is shown in the answer that makes it, once."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from common.errors import Invalid
from common.ids import new_id
from common.sessions import Claims
from common.web.actors import actor_of
from identity.deps import deps
from identity.domain.scopes import AREAS
from identity.store.api_keys import find_api_key, list_api_keys
from identity.store.brands import list_brands
from identity.usecases.create_api_key import NewKey, create_api_key
from identity.usecases.revoke_api_key import revoke_api_key
from identity.web.forms import Posted, needed, read_form
from identity.web.managers import current_manager, demand_own_brand, manager_of

bp = Blueprint("api_keys", __name__, url_prefix="/settings/api-keys")


class KeyForm(Schema):
    id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)
    name = needed(80)


@bp.get("")
def show_keys() -> ResponseReturnValue:
    return _page(current_manager(), Posted())


@bp.post("")
def create_key() -> ResponseReturnValue:
    staff, form = current_manager(), read_form(KeyForm)
    scopes = request.form.getlist("scopes")
    if form.errors:
        return _page(staff, form, scopes=scopes), 422
    asked = NewKey(form.values["id"], form.values["brand_id"], form.values["name"], scopes)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            if find_api_key(session, asked.id) is not None:
                return _made_already()
            manager = manager_of(session, staff)
            demand_own_brand(manager, asked.brand_id)
            raw = create_api_key(session, asked, actor=manager.actor, now=deps().now())
    except Invalid as refusal:
        errors = {each.field: str(_(each.detail)) for each in refusal.errors}
        return _page(staff, Posted(form.values, errors), scopes=scopes), 422
    return _page(staff, Posted(), made=raw, made_name=asked.name), 201


@bp.post("/<uuid:key_id>/revocation")
def revoke_key(key_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        dead = revoke_api_key(
            session, key_id, brand_ids=staff.brand_ids, actor=actor_of(staff), now=deps().now()
        )
    deps().copies.bury(dead)
    flash(_("The key opens nothing more."), "good")
    return redirect("/settings/api-keys")


def _made_already() -> ResponseReturnValue:
    """The form was sent again: the key is there, and nobody can show it a second time."""
    flash(_("This key was made already; it was shown once. Make another if it is lost."), "warn")
    return redirect("/settings/api-keys")


def _page(staff: Claims, form: Posted, **more: Any) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        shown = _shown(session, staff)
    given = {"made": None, "made_name": None, "scopes": [], **more}
    return render_template(
        "identity/api_keys.html", form=form, form_id=new_id(), areas=AREAS, **shown, **given
    )


def _shown(session: Session, staff: Claims) -> dict[str, Any]:
    return {
        "keys": list_api_keys(session, staff.brand_ids),
        "brand_rows": list_brands(session, staff.brand_ids),
    }
