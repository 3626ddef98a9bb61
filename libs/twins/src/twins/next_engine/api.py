"""The HTTP edge of the API: /api_neauth and /api_v1_<resource>/<action>."""

from flask import Blueprint, Response, request

from twins.next_engine.answers import Answer, written
from twins.next_engine.calls import Call, read_form
from twins.next_engine.fault_replies import reply_under
from twins.next_engine.perform import perform
from twins.next_engine.state import world

bp = Blueprint("next_engine_api", __name__)


@bp.route("/api_neauth", methods=["GET", "POST"], strict_slashes=False)
@bp.route("/api_neauth/", methods=["GET", "POST"])
def answer_login() -> Response:
    return _respond("neauth")


@bp.route("/api_v1_<resource>/<action>", methods=["GET", "POST"])
@bp.route("/api_v1_<resource>/<action>/", methods=["GET", "POST"])
def answer_call(resource: str, action: str) -> Response:
    return _respond(f"{resource}/{action}")


def _respond(endpoint: str) -> Response:
    """Answer a call, or do to it what was ordered. Parameters count only in the body of a POST."""
    body = request.get_data(parse_form_data=False) if request.method == "POST" else b""
    call = Call(endpoint, read_form(body))
    company = world().company_of(call.text("access_token"))
    fault = world().faults.take(endpoint, company.ne_id if company else None)
    if fault is not None:
        return reply_under(fault, world(), call)
    answer = perform(world(), call)
    world().journal.write(
        endpoint, call.form, at=world().clock.now(), outcome=outcome_of(answer), fault=""
    )
    return Response(written(answer), content_type="application/json")


def outcome_of(answer: Answer) -> str:
    return str(answer.get("code") or answer["result"])
