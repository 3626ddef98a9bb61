"""What a link that takes no orders shows in place of a cart or checkout: why, and the way back (R95)."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from checkout.domain.attempt import ViewOnly
from common.places import way
from common.web.problems import problem, wants_problem


def lead_back_to_the_shop(refusal: ViewOnly) -> Any:
    """Answer whatever meets such a link; programs get the usual document."""
    if wants_problem():
        return problem(refusal)
    page = render_template(
        "layout/error.html",
        status=refusal.status,
        detail=refusal.detail,
        home_url=way("shop", (request.view_args or {})["token"]),
        home_label=_("To the catalogs"),
    )
    return page, refusal.status
