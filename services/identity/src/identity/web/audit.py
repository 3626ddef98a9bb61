"""/settings/audit: who changed what, for owners."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from common.audit import search_audit
from common.sessions import Claims
from common.web.audit import AuditIn, audit_search, next_url
from common.web.auth import current_staff
from common.web.i18n import language_name
from identity.deps import deps
from identity.domain.roles import OWNERS, demand_role
from identity.store.api_keys import list_api_keys
from identity.store.staff import list_staff
from identity.web.buyer_words import country_name

bp = Blueprint("audit", __name__, url_prefix="/settings/audit")
KINDS = ("buyer", "import", "api_key", "member", "maker", "brand")
NAMES = {"language": language_name, "country": country_name}


@bp.get("")
def show_log() -> ResponseReturnValue:
    staff = current_staff()
    demand_role(staff.role, OWNERS)
    asked = AuditIn().load({name: value for name, value in request.args.items() if value})
    search = audit_search(asked, staff)
    with deps().database.transaction(staff.maker_id) as session:
        found = search_audit(session, search)
        actors = _actors(session, staff)
    return render_template(
        "identity/audit.html",
        rows=found.rows,
        search=search,
        actors=actors,
        kinds=KINDS,
        names=NAMES,
        next_url=next_url("/settings/audit", asked, found.next_after),
    )


def _actors(session: Session, staff: Claims) -> list[tuple[UUID, str]]:
    """Return staff and keys to choose from; whoever has left is reached by its name in the log."""
    people = [(user.id, user.name) for _, user in list_staff(session)]
    return people + [(key.id, key.name) for key, *_ in list_api_keys(session, staff.brand_ids)]
