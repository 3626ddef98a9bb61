"""POST /l/<token>/steps: what a page's script saw its reader do."""

from flask import Blueprint, request
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from common.errors import FieldError, Invalid
from common.web.callers import client_address
from common.web.security import browser_id
from links.deps import deps
from links.domain.steps import BY_PAGES, Step
from links.usecases.count_step import count_step
from links.usecases.resolve_link import find_by_token

bp = Blueprint("steps", __name__)
PER_MINUTE = 120
"""From one address on one link: an office of forty that opens it in the same minute."""


class StepIn(Schema):
    """A step and nothing else: no amount, no person, no time is believed."""

    class Meta:
        unknown = RAISE

    step = fields.String(required=True, validate=validate.OneOf([s.value for s in BY_PAGES]))


@bp.post("/l/<token>/steps")
def create_step(token: str) -> tuple[str, int]:
    """Count the step once for each browser, which is told apart by its signed cookie."""
    deps().traffic.demand(f"{client_address()} {token}", per_minute=PER_MINUTE)
    try:
        sent = StepIn().load(request.get_json())
    except ValidationError as wrong:
        errors = [FieldError(name, "invalid", "Not a step.") for name in wrong.messages_dict]
        raise Invalid("This is not a step.", errors=errors) from wrong
    with deps().database.transaction() as session:
        link = find_by_token(session, token)
        count_step(session, link, Step(sent["step"]), browser=browser_id() or "", at=deps().now())
    return "", 204
