"""/app: a user's brands and buyers. Catalogs and orders under it are other services' pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from common.errors import Unauthorized
from common.web.auth import current_user
from identity.deps import deps
from identity.store.buyers import list_buyers_of_user
from identity.store.users import list_organisations

bp = Blueprint("buyer_app", __name__, url_prefix="/app")


@bp.get("")
def show_home() -> ResponseReturnValue:
    claims = current_user()
    if claims.user_id is None:
        raise Unauthorized
    with deps().database.transaction() as session:
        organisations = list_organisations(session, claims.user_id)
        own = list_buyers_of_user(session, claims.user_id)
    return render_template("identity/app.html", own=own, organisations=organisations)
