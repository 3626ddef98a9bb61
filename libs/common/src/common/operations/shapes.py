"""What programs are told, by the API and by `orderlink ops … --json`. Errors come here masked."""

from marshmallow import Schema, fields


class AgedOut(Schema):
    since = fields.AwareDateTime()
    age_seconds = fields.Function(
        lambda row: int(row.age.total_seconds()), metadata={"type": "integer"}
    )


class WaitingOut(Schema):
    kind = fields.String()
    name = fields.String()
    key = fields.String()
    state = fields.String()
    number = fields.Integer()
    is_more = fields.Boolean(
        metadata={"description": "More wait than were counted: there are at least `number`."}
    )
    oldest = fields.AwareDateTime()
    next_at = fields.AwareDateTime()
    attempts = fields.Integer()
    error = fields.String()
    is_paused = fields.Boolean()


class GroupOut(Schema):
    """Dead letters of one name that died of the same error. `id`: for `orderlink ops dead`."""

    id = fields.String()
    kind = fields.String()
    name = fields.String()
    error = fields.String()
    error_key = fields.String()
    number = fields.Integer()
    oldest = fields.AwareDateTime()
    newest = fields.AwareDateTime()


class JobOut(Schema):
    """A scheduled job. `state`: running, failed, late or waiting."""

    name = fields.String()
    every_seconds = fields.Integer()
    state = fields.String()
    run = fields.Integer()
    next_run_at = fields.AwareDateTime()
    lease_until = fields.AwareDateTime(allow_none=True)
    last_started_at = fields.AwareDateTime(allow_none=True)
    last_finished_at = fields.AwareDateTime(allow_none=True)
    error = fields.String()


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
    is_more = fields.Boolean(metadata={"description": "At least so many wait."})
    outbox = fields.List(fields.Nested(WaitingOut))
    inbox = fields.List(fields.Nested(WaitingOut))
    calls = fields.List(fields.Nested(WaitingOut))
    jobs = fields.List(fields.Nested(JobOut))
    pauses = fields.List(fields.Nested(PauseOut))
    groups = fields.List(fields.Nested(GroupOut))


class LetterOut(AgedOut):
    kind = fields.String()
    id = fields.UUID()
    name = fields.String()
    attempts = fields.Integer()
    error = fields.String()
    error_key = fields.String()
    event_id = fields.UUID()
    maker_id = fields.UUID(allow_none=True)
    brand_id = fields.UUID(allow_none=True)


class LettersOut(Schema):
    rows = fields.List(fields.Nested(LetterOut))
    next_after = fields.String(allow_none=True)


class WaitingRowOut(AgedOut):
    """Something that waits. `reason`: paused, failed (see `error`), not_tried, not_acknowledged,
    sending, unknown or accepted."""

    id = fields.UUID()
    event_id = fields.UUID()
    name = fields.String()
    destination = fields.String()
    key = fields.String()
    state = fields.String()
    attempts = fields.Integer()
    next_at = fields.AwareDateTime()
    reason = fields.String()
    error = fields.String()
    pause_reason = fields.String(allow_none=True)
    maker_id = fields.UUID(allow_none=True)


class WaitingRowsOut(Schema):
    rows = fields.List(fields.Nested(WaitingRowOut))
    next_after = fields.String(allow_none=True)


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
