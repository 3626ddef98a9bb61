"""POST /l/<token>/steps: what a page's script saw its reader do."""

from flask import Blueprint, request
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from common.errors import FieldError, Invalid
from common.web.security import cookie_name
from links.deps import deps
from links.domain.steps import BY_PAGES, Step
from links.usecases.count_step import count_step
from links.usecases.resolve_link import find_by_token

bp = Blueprint("steps", __name__)


class StepIn(Schema):
    """`visitor` is made up by the browser for one visit; it only tells visits apart."""

    class Meta:
        unknown = RAISE

    step = fields.String(required=True, validate=validate.OneOf([s.value for s in BY_PAGES]))
    visitor = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9-]{16,40}\Z"))


@bp.post("/l/<token>/steps")
def create_step(token: str) -> tuple[str, int]:
    """Count the step once for each visitor. Nothing that the client says is an amount."""
    try:
        sent = StepIn().load(request.get_json())
    except ValidationError as wrong:
        errors = [FieldError(name, "invalid", "Not a step.") for name in wrong.messages_dict]
        raise Invalid("This is not a step.", errors=errors) from wrong
    # A browser that is signed in tells its visits apart by its session, which nobody makes up.
    visitor = request.cookies.get(cookie_name("b")) or sent["visitor"]
    with deps().database.transaction() as session:
        link = find_by_token(session, token)
        count_step(session, link, Step(sent["step"]), visitor=visitor, at=deps().now())
    return "", 204
