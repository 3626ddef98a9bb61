"""/settings/audit: who changed what, for owners."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy.orm import Session

from common.sessions import Claims
from common.web.auth import current_staff
from identity.deps import deps
from identity.domain.roles import OWNERS, demand_role
from identity.store.api_keys import list_api_keys
from identity.store.audit import AuditSearch, search_audit
from identity.store.staff import list_staff

bp = Blueprint("audit", __name__, url_prefix="/settings/audit")
KINDS = ("buyer", "import", "api_key", "member", "maker")


class AuditIn(Schema):
    """What the log's address may say; anything else is as if it were not there."""

    class Meta:
        unknown = EXCLUDE

    actor = fields.UUID(load_default=None)
    kind = fields.String(load_default=None)
    subject = fields.UUID(load_default=None)
    after = fields.UUID(load_default=None)


@bp.get("")
def show_log() -> ResponseReturnValue:
    staff = current_staff()
    demand_role(staff.role, OWNERS)
    asked = AuditIn().load({name: value for name, value in request.args.items() if value})
    search = AuditSearch(
        brand_ids=staff.brand_ids,
        actor_id=asked["actor"],
        subject_kind=asked["kind"],
        subject_id=asked["subject"],
        after=asked["after"],
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = search_audit(session, search)
        actors = _actors(session, staff)
    return render_template(
        "identity/audit.html",
        rows=found.rows,
        search=search,
        actors=actors,
        kinds=KINDS,
        next_url=_url(asked, found.next_after) if found.next_after else None,
    )


def _actors(session: Session, staff: Claims) -> list[tuple[UUID, str]]:
    """Return staff and keys to choose from; whoever has left is reached by its name in the log."""
    people = [(user.id, user.name) for _, user in list_staff(session)]
    return people + [(key.id, key.name) for key, *_ in list_api_keys(session, staff.brand_ids)]


def _url(asked: dict[str, Any], after: UUID) -> str:
    query = {name: value for name, value in {**asked, "after": after}.items() if value}
    return f"/settings/audit?{urlencode(query)}"
