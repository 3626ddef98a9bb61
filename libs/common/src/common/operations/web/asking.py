"""What may be asked: shapes that pages and API share."""

from datetime import timedelta
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, fields, validate

from common.operations.cursors import AFTER_ALL, BEFORE_ALL, Cursor
from common.operations.doer import Doer
from common.operations.groups import MOST_AT_ONCE
from common.operations.holding import KINDS, Destination
from common.operations.letters import CALL, EVENT, Leaf, Wanted
from common.operations.rows import Sought
from common.operations.waiting import CALL_STATES, OUTBOX_STATES
from common.web import deps
from common.web.auth import current_operator

NAME = validate.Length(min=1, max=120)
LETTER_KINDS = validate.OneOf((EVENT, CALL))
ERROR_KEY = validate.Regexp(r"^[0-9a-f]{32}$")
TEN_YEARS = 10 * 366 * 86_400


class Asked(Schema):
    class Meta:
        unknown = EXCLUDE


class PageIn(Asked):
    """A page of a list: `after` is the `next_after` of the page before."""

    after = fields.String(load_default=None, validate=validate.Length(max=250))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class AgedIn(PageIn):
    """`older_than`: only what has been so for that many seconds, at least."""

    older_than = fields.Integer(load_default=0, validate=validate.Range(min=0, max=TEN_YEARS))
    name = fields.String(load_default=None, validate=NAME)


class LogIn(Asked):
    """`after`: the id of the last entry already seen."""

    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class LettersIn(AgedIn):
    """Which dead letters, newest first."""

    kind = fields.String(load_default=None, validate=LETTER_KINDS)
    error_key = fields.String(load_default=None, validate=ERROR_KEY)


class OutboxIn(AgedIn):
    """Which deliveries; `name` is a subscriber."""

    state = fields.String(load_default=None, validate=validate.OneOf(OUTBOX_STATES))


class InboxIn(AgedIn):
    """Which events that are not handled; `name` is an event's."""


class CallsIn(AgedIn):
    """Which effects outside; `name` is a kind of them."""

    state = fields.String(load_default=None, validate=validate.OneOf(CALL_STATES))


class LetterIn(Asked):
    kind = fields.String(required=True, validate=LETTER_KINDS)


class SkipIn(LetterIn):
    reason = fields.String(required=True)


class SkipDeliveryIn(Asked):
    """One event of the outbox, to one subscriber."""

    event_id = fields.UUID(required=True)
    subscriber = fields.String(required=True, validate=NAME)
    reason = fields.String(required=True)


class GroupIn(Asked):
    """A group by name, or by name and error; `expected`: how many of it the operator was told."""

    kind = fields.String(required=True, validate=LETTER_KINDS)
    name = fields.String(required=True, validate=NAME)
    error_key = fields.String(load_default=None, allow_none=True, validate=ERROR_KEY)
    expected = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_AT_ONCE))


class SkipGroupIn(GroupIn):
    reason = fields.String(required=True)


class DestinationIn(Asked):
    """A subscriber, the handler of an event, a kind of effect (with `key`: one recipient of it)."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    name = fields.String(required=True, validate=NAME)
    key = fields.String(load_default="", validate=validate.Length(max=200))


class PauseIn(DestinationIn):
    reason = fields.String(required=True)


def doer() -> Doer:
    """Return the operator that is signed in. Raises Unauthorized, NotAnOperator."""
    claims = current_operator()
    return Doer("operator", claims.user_id, claims.display_name)


def services() -> list[str]:
    """Return who can be a subscriber: this service and its peers."""
    settings = deps().settings
    return sorted({settings.service, *settings.peers})


def wanted_of(asked: dict[str, Any]) -> Wanted:
    return Wanted(kind=asked["kind"], name=asked["name"], error_key=asked.get("error_key"))


def leaf_of(asked: dict[str, Any]) -> Leaf:
    """Return which page of letters is asked for. Raises Invalid."""
    return Leaf(
        older_than=timedelta(seconds=asked["older_than"]),
        after=Cursor.read(asked["after"]) if asked["after"] else AFTER_ALL,
        limit=asked["limit"],
    )


def sought_of(asked: dict[str, Any]) -> Sought:
    """Return which waiting rows are asked for. Raises Invalid."""
    return Sought(
        name=asked["name"],
        state=asked.get("state"),
        older_than=timedelta(seconds=asked["older_than"]),
        after=Cursor.read(asked["after"]) if asked["after"] else BEFORE_ALL,
        limit=asked["limit"],
    )


def destination_of(asked: dict[str, Any]) -> Destination:
    return Destination(kind=asked["kind"], name=asked["name"], key=asked["key"])


def posted(schema: type[Schema]) -> dict[str, Any]:
    """Return what the form said; an empty field is as if it were not there."""
    return dict(schema().load({name: value for name, value in request.form.items() if value}))


def queried(schema: type[Schema]) -> dict[str, Any]:
    """Return what the address asks for. Raises ValidationError, which is told as 422."""
    return dict(schema().load({name: value for name, value in request.args.items() if value}))
