"""`/`: everybody on to where they belong."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from common.errors import Unauthorized
from common.web.auth import current_session

bp = Blueprint("home", __name__)
HOMES = {"staff": "/links", "operator": "/ops"}


@bp.get("/")
def show_home() -> Response:
    """Forward staff to the links, operators to the queues, users to the Buyer App, others to the sign-in."""
    try:
        claims = current_session()
    except Unauthorized:
        return redirect("/signin")
    return redirect(HOMES.get(claims.kind, "/app"))
