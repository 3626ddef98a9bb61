"""/settings: what the maker enables: languages, currencies, trade terms, its time zone (R61)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from common.errors import Unauthorized
from common.web.auth import current_staff
from identity.deps import deps
from identity.store.brands import get_maker, list_brands, list_trade_terms

bp = Blueprint("maker_settings", __name__, url_prefix="/settings")


@bp.get("")
def show_settings() -> ResponseReturnValue:
    staff = current_staff()
    if staff.maker_id is None:
        raise Unauthorized
    with deps().database.transaction(staff.maker_id) as session:
        maker = get_maker(session, staff.maker_id)
        brands = list_brands(session, staff.brand_ids)
        terms = list_trade_terms(session)
    return render_template("identity/settings.html", maker=maker, brand_rows=brands, terms=terms)
