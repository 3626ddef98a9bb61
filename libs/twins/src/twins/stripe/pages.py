"""The twin's own page: what was paid, and its switches for trials."""

from dataclasses import asdict

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from twins.inputs import BadInput, change_from_input, read_input
from twins.stripe.control import list_sessions
from twins.stripe.faults import KINDS, Fault
from twins.stripe.hosted import amount_words
from twins.stripe.postman import send_held
from twins.stripe.state import world
from twins.stripe.switches import WEBHOOKS

bp = Blueprint("stripe_pages", __name__)
ENDPOINTS = (
    "*",
    "checkout.sessions.create",
    "checkout.sessions.retrieve",
    "checkout.sessions.expire",
    "refunds.create",
)
_SHOWN = 100


@bp.get("/")
def show_home() -> str:
    return render_template(
        "stripe/home.html",
        sessions=list_sessions()["sessions"][-_SHOWN:][::-1],
        accounts=list(world().accounts.values()),
        app=world(),
        switches=asdict(world().switches),
        modes=WEBHOOKS,
        kinds=KINDS,
        endpoints=ENDPOINTS,
        faults=world().faults.listed(),
        deliveries=world().deliveries[-30:][::-1],
        held=len(world().held_events),
        calls=world().journal.calls()[-30:][::-1],
        amount_words=amount_words,
    )


@bp.post("/switches")
def turn_switches() -> Response:
    """Turn the webhook switch, order a fault, clear the faults or send what was held."""
    action = request.form.get("action", "")
    if action == "webhooks":
        change_from_input(world().switches, {"webhooks": request.form.get("webhooks", "")})
    elif action == "fault":
        asked = {"kind": request.form.get("kind", ""), "endpoint": request.form.get("endpoint", "")}
        world().faults.order(read_input(Fault, asked | {"seconds": _seconds()}))
    elif action == "clear":
        world().faults.clear()
    elif action == "send":
        send_held(world())
    else:
        raise BadInput("no such button")
    return redirect("./", code=303)


def _seconds() -> int:
    given = request.form.get("seconds", "0")
    return int(given) if given.isdecimal() and len(given) < 4 else 0
