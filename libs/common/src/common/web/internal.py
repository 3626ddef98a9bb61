"""Questions between services: POST /internal/v1/…, a signed caller, an answer from own data."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from marshmallow import EXCLUDE, Schema, fields
from werkzeug.exceptions import BadRequest

from common.delivery.anti_entropy import held
from common.errors import Malformed, Unauthorized
from common.service_tokens import caller_of
from common.web import deps

Answer = Callable[..., Mapping[str, Any]]


def questions(name: str, import_name: str) -> Blueprint:
    """Return a blueprint under /internal/v1 that only peers can call."""
    blueprint = Blueprint(name, import_name, url_prefix="/internal/v1")
    blueprint.before_request(_demand_peer)
    return blueprint


def answers(
    blueprint: Blueprint, question: str, *, reads: type[Schema]
) -> Callable[[Answer], Answer]:
    """Make a function the answer to POST `question`: the body's fields in, a JSON object out."""

    def register(answer: Answer) -> Answer:
        schema = reads(unknown=EXCLUDE)

        def view() -> Response:
            return jsonify(answer(**schema.load(_body())))

        blueprint.add_url_rule(f"/{question}", answer.__name__, view, methods=["POST"])
        return answer

    return register


def deliveries() -> Blueprint:
    """Return the question every service answers: which of these events have you received?"""
    blueprint = questions("deliveries", __name__)

    @answers(blueprint, "deliveries/held", reads=HeldIn)
    def read_held(event_ids: list[Any]) -> Mapping[str, Any]:
        with deps().database.transaction() as session:
            return {"held": [str(each) for each in held(session, event_ids)]}

    return blueprint


class HeldIn(Schema):
    event_ids = fields.List(fields.UUID(), required=True)


def _demand_peer() -> None:
    settings = deps().settings
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise Unauthorized("Only services ask here.")
    g.caller = caller_of(token, audience=settings.service, public_keys=settings.public_keys)


def _body() -> Any:
    try:
        return request.get_json()
    except BadRequest as wrong:
        raise Malformed("The body is no JSON.") from wrong
