"""/team: the maker's staff, their roles and the brands they see."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from common.web.auth import current_staff
from identity.deps import deps
from identity.store.staff import list_staff, list_staff_brands

bp = Blueprint("team", __name__, url_prefix="/team")


@bp.get("")
def show_team() -> ResponseReturnValue:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        members = list_staff(session)
        brand_names = list_staff_brands(session)
    return render_template("identity/team.html", members=members, brand_names=brand_names)
