"""What may be asked: shapes that pages and API share."""

from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, fields, validate

from common.operations.doer import Doer
from common.operations.holding import KINDS, Destination
from common.operations.letters import CALL, EVENT, MOST_AT_ONCE, Wanted
from common.web import deps
from common.web.auth import current_operator

NAME = validate.Length(min=1, max=120)
LETTER_KINDS = validate.OneOf((EVENT, CALL))
ERROR_KEY = validate.Regexp(r"^[0-9a-f]{32}$")


class LettersIn(Schema):
    """Which dead letters, newest first; `after` is the id of the last one already seen."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.String(load_default=None, validate=LETTER_KINDS)
    name = fields.String(load_default=None, validate=NAME)
    error_key = fields.String(load_default=None, validate=ERROR_KEY)
    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class LetterIn(Schema):
    class Meta:
        unknown = EXCLUDE

    kind = fields.String(required=True, validate=LETTER_KINDS)


class SkipIn(LetterIn):
    reason = fields.String(required=True)


class GroupIn(Schema):
    """A group by name, or by name and error; `expected`: how many of it the operator was told."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.String(required=True, validate=LETTER_KINDS)
    name = fields.String(required=True, validate=NAME)
    error_key = fields.String(load_default=None, allow_none=True, validate=ERROR_KEY)
    expected = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_AT_ONCE))


class SkipGroupIn(GroupIn):
    reason = fields.String(required=True)


class DestinationIn(Schema):
    """A subscriber, the handler of an event, a kind of effect (with `key`: one recipient of it)."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    name = fields.String(required=True, validate=NAME)
    key = fields.String(load_default="", validate=validate.Length(max=200))


class PauseIn(DestinationIn):
    reason = fields.String(required=True)


class HurryIn(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String(required=True, validate=NAME)
    key = fields.String(load_default="", validate=validate.Length(max=200))


class LogIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


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


def destination_of(asked: dict[str, Any]) -> Destination:
    return Destination(kind=asked["kind"], name=asked["name"], key=asked["key"])


def posted(schema: type[Schema]) -> dict[str, Any]:
    """Return what the form said; an empty field is as if it were not there."""
    return dict(schema().load({name: value for name, value in request.form.items() if value}))
