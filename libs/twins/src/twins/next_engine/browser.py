"""The sign-in page that a person's browser is sent to (behaviour 1)."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from twins.next_engine.company import Company
from twins.next_engine.state import world

bp = Blueprint("next_engine_browser", __name__)


@bp.get("/users/sign_in/")
def sign_in() -> Response | str | tuple[str, int]:
    """Send the browser back with uid and state; with several companies, ask which one first."""
    app = world().app
    wanted = request.args.get("redirect_uri", app.redirect_uri)
    if request.args.get("client_id") != app.client_id or wanted != app.redirect_uri:
        return render_template("next_engine/refused.html", app=app), 400
    companies = list(world().companies.values())
    chosen = request.args.get("company", companies[0].ne_id if len(companies) == 1 else "")
    company = world().companies.get(chosen)
    if company is None:
        return render_template("next_engine/choose.html", companies=companies, app=app)
    return redirect(_callback(company))


def _callback(company: Company) -> str:
    uid = request.args.get("uid", next(iter(company.people)))
    state = world().doorbell.ring(company, uid, world().clock.now())
    joint = "&" if "?" in world().app.redirect_uri else "?"
    return f"{world().app.redirect_uri}{joint}{urlencode({'uid': uid, 'state': state})}"
