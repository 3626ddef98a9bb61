"""The log's page and API: what may be asked, and what a program gets."""

from typing import Any
from urllib.parse import urlencode

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from common.audit import AuditSearch
from common.sessions import Claims


class AuditIn(Schema):
    """What the page's address may say; anything else is as if it were not there."""

    class Meta:
        unknown = EXCLUDE

    actor = fields.UUID(load_default=None)
    kind = fields.String(load_default=None)
    subject = fields.UUID(load_default=None)
    after = fields.UUID(load_default=None)


class AuditQuery(Schema):
    """Which entries to list: newest first; `after` is the id of the last one already seen."""

    class Meta:
        unknown = RAISE

    actor = fields.UUID(load_default=None)
    kind = fields.String(load_default=None, validate=validate.Length(max=40))
    subject = fields.UUID(load_default=None)
    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class AuditEntryOut(Schema):
    """Who changed what. `before` and `after` say only what differs, and never a secret."""

    id = fields.UUID()
    at = fields.AwareDateTime()
    brand_id = fields.UUID(allow_none=True)
    actor_kind = fields.String()
    actor_id = fields.UUID(allow_none=True)
    actor_name = fields.String()
    action = fields.String()
    subject_kind = fields.String()
    subject_id = fields.UUID(allow_none=True)
    subject_name = fields.String()
    before = fields.Dict()
    after = fields.Dict()
    request_id = fields.String()


class AuditListOut(Schema):
    entries = fields.List(fields.Nested(AuditEntryOut))
    next_after = fields.UUID(allow_none=True)


def audit_search(asked: dict[str, Any], staff: Claims) -> AuditSearch:
    """Return the search for what was asked, within what the reader may see."""
    return AuditSearch(
        brand_ids=staff.brand_ids,
        actor_id=asked["actor"],
        subject_kind=asked["kind"],
        subject_id=asked["subject"],
        after=asked["after"],
        limit=asked.get("limit", 50),
    )


def next_url(page: str, asked: dict[str, Any], after: object) -> str | None:
    """Return where the next page of the log is, or None after the last."""
    if after is None:
        return None
    query = {name: value for name, value in {**asked, "after": after}.items() if value}
    return f"{page}?{urlencode(query)}"
