"""/api/<service>/v1/operations: what the pages show and do, for an operator's scripts."""

from typing import Any

from flask_smorest import Blueprint

from common.operations.shapes import (
    GroupOut,
    JobOut,
    LettersOut,
    LogOut,
    NumberOut,
    OverviewOut,
    PauseOut,
    WaitingRowsOut,
)
from common.operations.web import api_acts as acts
from common.operations.web import api_reads as reads
from common.operations.web import asking
from common.web.auth import current_operator

LISTS: Any = (
    ("/letters", asking.LettersIn, LettersOut, reads.list_dead),
    ("/outbox", asking.OutboxIn, WaitingRowsOut, reads.read_outbox),
    ("/inbox", asking.InboxIn, WaitingRowsOut, reads.read_inbox),
    ("/calls", asking.CallsIn, WaitingRowsOut, reads.read_calls),
    ("/log", asking.LogIn, LogOut, reads.show_log),
)
ACTS: Any = (
    ("/letters/<uuid:letter_id>/replays", asking.LetterIn, acts.replay_one),
    ("/letters/<uuid:letter_id>/skips", asking.SkipIn, acts.skip_one),
    ("/groups/replays", asking.GroupIn, acts.replay_many),
    ("/groups/skips", asking.SkipGroupIn, acts.skip_many),
    ("/outbox/skips", asking.SkipDeliveryIn, acts.skip_owed),
    ("/hurries", asking.DestinationIn, acts.hurry_waiting),
)


def make_api() -> Blueprint:
    """Return the API of one service's queues. It is for operators alone, by their session."""
    bp = Blueprint("operations_api", __name__, url_prefix="/operations", description="Operations")
    bp.before_request(_demand_operator)
    bp.route("")(bp.response(200, OverviewOut)(reads.show_overview))
    bp.route("/groups")(bp.response(200, GroupOut(many=True))(reads.list_dead_groups))
    bp.route("/jobs")(bp.response(200, JobOut(many=True))(reads.read_jobs))
    for rule, asks, answers, view in LISTS:
        bp.route(rule)(bp.arguments(asks, location="query")(bp.response(200, answers)(view)))
    for rule, asks, view in ACTS:
        route = bp.route(rule, methods=["POST"])
        route(bp.arguments(asks)(bp.response(200, NumberOut)(view)))
    runs = bp.route("/jobs/<name>/runs", methods=["POST"])
    runs(bp.response(200, NumberOut)(acts.run_job))
    pauses = bp.route("/pauses", methods=["POST"])
    pauses(bp.arguments(asking.PauseIn)(bp.response(201, PauseOut(many=True))(acts.begin_pause)))
    endings = bp.route("/pauses/endings", methods=["POST"])
    endings(
        bp.arguments(asking.DestinationIn)(bp.response(200, PauseOut(many=True))(acts.end_pause))
    )
    return bp


def _demand_operator() -> None:
    current_operator()
