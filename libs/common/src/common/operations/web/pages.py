"""/ops/<service>: what waits, what died, what is held back; and what to do about it."""

from typing import Any

from flask import Blueprint

from common.operations.web import asking, group_pages, letter_pages, overview_pages, row_pages
from common.web import deps
from common.web.auth import current_operator


def make_pages(service: str) -> Blueprint:
    """Return the pages of one service. They are for operators alone."""
    bp = Blueprint("operations", __name__, url_prefix=f"/ops/{service}")
    bp.before_request(_demand_operator)
    bp.context_processor(_shell)
    for rule, view in (
        ("", overview_pages.show_overview),
        ("/summary", overview_pages.show_summary),
        ("/letters", letter_pages.list_dead),
        ("/groups", group_pages.show_group),
        ("/outbox", row_pages.show_outbox),
        ("/inbox", row_pages.show_inbox),
        ("/calls", row_pages.show_calls),
        ("/log", row_pages.show_log),
    ):
        bp.add_url_rule(rule, view.__name__, view)
    for rule, act in (
        ("/letters/<uuid:letter_id>/replays", letter_pages.replay_one),
        ("/letters/<uuid:letter_id>/skips", letter_pages.skip_one),
        ("/groups/replays", group_pages.replay_many),
        ("/groups/skips", group_pages.skip_many),
        ("/outbox/<uuid:event_id>/skips", row_pages.skip_one_delivery),
        ("/pauses", overview_pages.begin_pause),
        ("/pauses/endings", overview_pages.end_pause),
        ("/hurries", overview_pages.hurry_destination),
        ("/jobs/<name>/runs", overview_pages.run_job),
    ):
        bp.add_url_rule(rule, act.__name__, act, methods=["POST"])
    return bp


def _demand_operator() -> None:
    current_operator()


def _shell() -> dict[str, Any]:
    own = deps().settings.service
    return {"own_service": own, "home": f"/ops/{own}", "all_services": asking.services()}
