"""A mailed link that opens nothing more: the page says why, and where to go on."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Gone
from common.web.problems import problem, wants_problem


def tell_over(refusal: Gone) -> ResponseReturnValue:
    """Return the refusal with a way on, for the blueprints whose pages mails lead to."""
    if wants_problem():
        return problem(refusal)
    detail = _(refusal.detail) if refusal.detail else None
    page = render_template(
        "identity/over.html", detail=detail, is_reset=request.blueprint == "resets"
    )
    return page, refusal.status
