"""Links → Customer Order Links: the list."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from common.errors import NotFound
from common.web.auth import current_staff
from links.deps import deps
from links.store.links import list_links
from links.usecases.resolve_link import state_of
from links.web.brands import brands_of

PAGE = 50
bp = Blueprint("manage", __name__, url_prefix="/links")


@bp.get("")
def index_links() -> str:
    """Show Link Management, newest first."""
    staff = current_staff()
    search = request.args.get("q", "").strip()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_links(
            session, brand_ids=staff.brand_ids, search=search, before=_before(), limit=PAGE + 1
        )
    now = deps().now()
    rows = [(each, state_of(each.link, now=now).value) for each in found[:PAGE]]
    return render_template(
        "links/index.html",
        rows=rows,
        search=search,
        brand_names={brand.id: brand.name for brand in brands_of(staff)},
        public_url=deps().settings.public_url,
        next_before=found[PAGE - 1].link.id if len(found) > PAGE else None,
    )


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong
