"""/ops: the five services at a glance. Each card is asked of its own service by the browser.

So no service asks another here, and one that is away is away on its own card alone.
"""

from flask import Blueprint, render_template

from common.operations.web import asking
from common.web.auth import current_operator

bp = Blueprint("all_operations", __name__, url_prefix="/ops")


@bp.get("")
def show_all() -> str:
    current_operator()
    return render_template(
        "operations/all.html", all_services=asking.services(), own_service=None, home="/ops"
    )
