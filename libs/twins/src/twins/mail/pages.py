"""Reading the inbox in a browser."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from twins.mail.inbox import Arrival
from twins.mail.state import inbox

bp = Blueprint("mail_pages", __name__)

_SHOWN = 200


@bp.get("/")
def list_messages() -> str:
    """Show the latest messages, newest first; ?to= narrows."""
    to = request.args.get("to") or None
    arrivals = inbox().listed(to=to)[-_SHOWN:][::-1]
    return render_template("mail/list.html", arrivals=arrivals, to=to or "")


@bp.post("/emptied")
def empty() -> AnyResponse:
    inbox().reset()
    return redirect(url_for("mail.mail_pages.list_messages"), 303)


@bp.get("/messages/<int:number>")
def show_message(number: int) -> str:
    return render_template("mail/show.html", arrival=_arrival(number))


@bp.get("/messages/<int:number>/html")
def show_html(number: int) -> Response:
    """Return the mail's own HTML, fit for the sandboxed frame of its page and nothing else."""
    response = Response(_arrival(number).letter.html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = (
        "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:"
    )
    return response


def _arrival(number: int) -> Arrival:
    arrival = inbox().find(number)
    if arrival is None:
        abort(404)
    return arrival
