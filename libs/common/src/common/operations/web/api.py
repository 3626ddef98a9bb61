"""/api/<service>/v1/operations: what the pages show and do, for an operator's scripts."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from common.delivery.tables import DeliveryPause
from common.operations import acting, holding
from common.operations.hurrying import hurry_calls
from common.operations.letters import LetterPage, list_groups, list_letters
from common.operations.log import LogPage, list_actions
from common.operations.overview import Overview, read_overview
from common.operations.web import asking
from common.web import deps
from common.web.auth import current_operator


class WaitingOut(Schema):
    kind = fields.String()
    name = fields.String()
    key = fields.String()
    state = fields.String()
    number = fields.Integer()
    oldest = fields.AwareDateTime()
    next_at = fields.AwareDateTime()
    attempts = fields.Integer()
    error = fields.String()
    is_paused = fields.Boolean()


class GroupOut(Schema):
    """Dead letters of one name that died of the same error."""

    kind = fields.String()
    name = fields.String()
    error = fields.String()
    error_key = fields.String()
    number = fields.Integer()
    oldest = fields.AwareDateTime()


class JobOut(Schema):
    name = fields.String()
    every_seconds = fields.Integer()
    next_run_at = fields.AwareDateTime()
    lease_until = fields.AwareDateTime(allow_none=True)
    last_started_at = fields.AwareDateTime(allow_none=True)
    last_finished_at = fields.AwareDateTime(allow_none=True)
    last_error = fields.String(allow_none=True)


class PauseOut(Schema):
    kind = fields.String()
    name = fields.String()
    key = fields.String()
    since = fields.AwareDateTime()
    reason = fields.String()
    paused_by = fields.String()


class OverviewOut(Schema):
    """`state`: red (a person must act), amber (something is late or held back) or quiet."""

    state = fields.String()
    dead = fields.Integer()
    waiting = fields.Integer()
    outbox = fields.List(fields.Nested(WaitingOut))
    inbox = fields.List(fields.Nested(WaitingOut))
    calls = fields.List(fields.Nested(WaitingOut))
    jobs = fields.List(fields.Nested(JobOut))
    pauses = fields.List(fields.Nested(PauseOut))
    groups = fields.List(fields.Nested(GroupOut))


class LetterOut(Schema):
    kind = fields.String()
    id = fields.UUID()
    name = fields.String()
    since = fields.AwareDateTime()
    attempts = fields.Integer()
    error = fields.String()
    error_key = fields.String()
    event_id = fields.UUID()
    maker_id = fields.UUID(allow_none=True)
    brand_id = fields.UUID(allow_none=True)


class LettersOut(Schema):
    rows = fields.List(fields.Nested(LetterOut))
    next_after = fields.UUID(allow_none=True)


class LogEntryOut(Schema):
    id = fields.UUID()
    at = fields.AwareDateTime()
    actor_kind = fields.String()
    actor_id = fields.UUID(allow_none=True)
    actor_name = fields.String()
    action = fields.String()
    subject = fields.Dict()
    reason = fields.String(allow_none=True)
    number = fields.Integer()
    request_id = fields.String()


class LogOut(Schema):
    rows = fields.List(fields.Nested(LogEntryOut))
    next_after = fields.UUID(allow_none=True)


class NumberOut(Schema):
    number = fields.Integer()


def make_api() -> Blueprint:
    """Return the API of one service's queues. It is for operators alone, by their session."""
    bp = Blueprint("operations_api", __name__, url_prefix="/operations", description="Operations")
    bp.before_request(_demand_operator)
    bp.route("")(bp.response(200, OverviewOut)(show_overview))
    reads: Any = (
        ("/letters", asking.LettersIn, LettersOut, list_dead),
        ("/log", asking.LogIn, LogOut, show_log),
    )
    for rule, asks, answers, view in reads:
        bp.route(rule)(bp.arguments(asks, location="query")(bp.response(200, answers)(view)))
    bp.route("/groups")(bp.response(200, GroupOut(many=True))(list_dead_groups))
    acts: Any = (
        ("/letters/<uuid:letter_id>/replays", asking.LetterIn, replay_one),
        ("/letters/<uuid:letter_id>/skips", asking.SkipIn, skip_one),
        ("/groups/replays", asking.GroupIn, replay_many),
        ("/groups/skips", asking.SkipGroupIn, skip_many),
        ("/calls/hurries", asking.HurryIn, hurry),
    )
    for rule, asks, view in acts:
        route = bp.route(rule, methods=["POST"])
        route(bp.arguments(asks)(bp.response(200, NumberOut)(view)))
    pauses = bp.route("/pauses", methods=["POST"])
    pauses(bp.arguments(asking.PauseIn)(bp.response(201, PauseOut(many=True))(begin_pause)))
    endings = bp.route("/pauses/endings", methods=["POST"])
    endings(bp.arguments(asking.DestinationIn)(bp.response(200, PauseOut(many=True))(end_pause)))
    return bp


def show_overview() -> Overview:
    """Show what waits, what died, what is held back, and the scheduled jobs."""
    with deps().database.transaction() as session:
        return read_overview(session)


def list_dead(asked: dict[str, Any]) -> LetterPage:
    """List dead letters, newest event first."""
    with deps().database.transaction() as session:
        wanted = asking.wanted_of(asked)
        return list_letters(session, wanted, after=asked["after"], limit=asked["limit"])


def list_dead_groups() -> Any:
    """List the largest groups of dead letters by name and error, with how many each has."""
    with deps().database.transaction() as session:
        return list_groups(session)


def show_log(asked: dict[str, Any]) -> LogPage:
    """List who did what here, and why, newest first."""
    with deps().database.transaction() as session:
        return list_actions(session, after=asked["after"], limit=asked["limit"])


def replay_one(asked: dict[str, Any], letter_id: UUID) -> dict[str, int]:
    """Let a dead letter be tried anew; 0 when it is none any more."""
    with deps().database.transaction() as session:
        done = acting.replay_letter(session, asking.doer(), letter_id=letter_id, **asked)
    return {"number": done}


def skip_one(asked: dict[str, Any], letter_id: UUID) -> dict[str, int]:
    """Give a dead letter up for good; 0 when it is none any more."""
    with deps().database.transaction() as session:
        done = acting.skip_letter(session, asking.doer(), letter_id=letter_id, **asked)
    return {"number": done}


def replay_many(asked: dict[str, Any]) -> dict[str, int]:
    """Replay a group; 409 when it does not have `expected` letters."""
    wanted, expected = asking.wanted_of(asked), asked["expected"]
    with deps().database.transaction() as session:
        return {"number": acting.replay_group(session, asking.doer(), wanted, expected=expected)}


def skip_many(asked: dict[str, Any]) -> dict[str, int]:
    """Skip a group; 409 when it does not have `expected` letters."""
    given = {"expected": asked["expected"], "reason": asked["reason"]}
    with deps().database.transaction() as session:
        wanted = asking.wanted_of(asked)
        return {"number": acting.skip_group(session, asking.doer(), wanted, **given)}


def hurry(asked: dict[str, Any]) -> dict[str, int]:
    """Try an effect's waiting calls now; what is unknown asks its remote first."""
    with deps().database.transaction() as session:
        return {"number": hurry_calls(session, asking.doer(), **asked)}


def begin_pause(asked: dict[str, Any]) -> list[DeliveryPause]:
    """Hold a destination back; answers with all that is held back."""
    with deps().database.transaction() as session:
        holding.pause(
            session,
            asking.doer(),
            asking.destination_of(asked),
            services=asking.services(),
            reason=asked["reason"],
        )
        return list(holding.list_pauses(session))


def end_pause(asked: dict[str, Any]) -> list[DeliveryPause]:
    """Let a destination go on; answers with what is still held back."""
    with deps().database.transaction() as session:
        holding.resume(session, asking.doer(), asking.destination_of(asked))
        return list(holding.list_pauses(session))


def _demand_operator() -> None:
    current_operator()
