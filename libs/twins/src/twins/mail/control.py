"""The control plane of the inbox."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from twins.inputs import BadInput, read_input
from twins.mail.certificate import self_made
from twins.mail.faults import KINDS, MailFault
from twins.mail.inbox import Arrival
from twins.mail.state import inbox

bp = Blueprint("mail_control", __name__, url_prefix="/_control")

Json = dict[str, Any]


@bp.get("/messages")
def list_messages() -> Json:
    """Return arrivals, oldest first; ?to= ?since= (instant) ?after= (id) narrow them."""
    arrivals = inbox().listed(
        to=request.args.get("to"), since=_since(), after=request.args.get("after", 0, type=int)
    )
    return {"count": len(arrivals), "messages": [_shown(arrival) for arrival in arrivals]}


@bp.post("/reset")
def reset() -> Json:
    inbox().reset()
    return {}


@bp.get("/faults")
def list_faults() -> Json:
    return {"kinds": KINDS, "faults": inbox().faults.listed()}


@bp.post("/faults")
def order_fault() -> tuple[Json, int]:
    """Order one fault; its fields are those of `MailFault`."""
    fault = read_input(MailFault, request.get_json(silent=True))
    return asdict(inbox().faults.order(fault)), 201


@bp.delete("/faults")
def clear_faults() -> Json:
    inbox().faults.clear()
    return {}


@bp.get("/certificate")
def show_certificate() -> Response:
    """Return what STARTTLS shows, for those who want to trust it."""
    return Response(self_made()[0], mimetype="application/x-pem-file")


def _shown(arrival: Arrival) -> Json:
    return {
        "id": arrival.id,
        "received_at": arrival.received_at.isoformat(),
        "mail_from": arrival.mail_from,
        "rcpt_to": arrival.rcpt_to,
        "reply": arrival.reply,
        **asdict(arrival.letter),
    }


def _since() -> datetime | None:
    text = request.args.get("since")
    if text is None:
        return None
    try:
        since = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"not an instant: {text}") from None
    if since.tzinfo is None:
        raise BadInput(f"an instant needs an offset: {text}")
    return since
