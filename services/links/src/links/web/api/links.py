"""List, read, make and change links over JSON, through the pages' own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from werkzeug.datastructures import Headers

from common.errors import NotFound
from common.web.auth import current_staff, demand_write, staff_for
from links.deps import deps
from links.domain.link_rules import LinkDraft
from links.domain.listing import NoSuchPage, read_cursor
from links.domain.passcode import PasscodeWish
from links.gateways.peers import read_choices
from links.store.listing import list_links
from links.store.models import Link
from links.usecases.draft_of_link import draft_of_link
from links.usecases.save_link import check_draft, create_link, hash_passcode, update_link
from links.web.api.schemas import (
    IfMatch,
    LinkChanged,
    LinkIn,
    LinkOut,
    LinkReplaced,
    LinksOut,
    PageIn,
)
from links.web.api.shown import demanded_version, etag_of, shown, tagged
from links.web.brands import maker_of
from links.web.own_link import link_alone
from links.web.preflight.shown import renew_preflight

bp = Blueprint("links_api", __name__, url_prefix="/links", description="Customer Order Links")
Tagged = tuple[dict[str, Any], int, Headers]


@bp.get("")
@bp.arguments(PageIn, location="query")
@bp.response(200, LinksOut)
def index_links(asked: dict[str, Any]) -> dict[str, Any]:
    """List links; `next` is the `page` to ask for next, with the same filters and order."""
    staff = current_staff()
    brand_id = asked.get("brand_id")
    order = asked["sort"]
    try:
        cursor = read_cursor(asked["page"], order) if "page" in asked else None
    except NoSuchPage as wrong:
        raise NotFound("There is no such page.") from wrong
    with deps().database.transaction(staff.maker_id) as session:
        page = list_links(
            session,
            brand_ids=(brand_id,) if brand_id and staff_for(brand_id) else staff.brand_ids,
            now=deps().now(),
            search=asked["search"],
            show=asked["show"],
            order=order,
            cursor=cursor,
            size=asked["limit"],
        )
    rows = [
        shown(row.link) | {"signed_in": row.signed_in, "orders": row.orders} for row in page.rows
    ]
    return {
        "links": rows,
        "next": page.next.text() if page.next else None,
        "previous": page.previous.text() if page.previous else None,
    }


@bp.post("")
@bp.arguments(LinkIn)
@bp.response(201, LinkOut)
def create(sent: dict[str, Any]) -> Tagged:
    """Make a link, open under an address of its own. Naive dates are refused."""
    brand_id: UUID = sent.pop("brand_id")
    staff = staff_for(brand_id, write=True)
    draft = _draft(sent, None)
    check_draft(draft, read_choices(deps().peers, brand_id))
    passcode = hash_passcode(draft, deps().passwords)
    with deps().database.transaction(staff.maker_id) as session:
        link = create_link(
            session, draft, maker_id=maker_of(staff), brand_id=brand_id, passcode_hash=passcode
        )
        session.refresh(link)
    renew_preflight(link)
    return shown(link), 201, Headers({"ETag": etag_of(link)})


@bp.get("/<uuid:link_id>")
@bp.response(200, LinkOut)
def show_link(link_id: UUID) -> Tagged:
    """Read one link. Another brand's is not there."""
    return tagged(link_alone(link_id))


@bp.put("/<uuid:link_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(LinkReplaced)
@bp.response(200, LinkOut)
@bp.alt_response(412, description="Somebody else has saved it since you read it.")
@bp.alt_response(428, description="If-Match is missing.")
def replace(sent: dict[str, Any], link_id: UUID, **_headers: Any) -> Tagged:
    """Replace everything that can be set on a link; what is left out becomes the default."""
    return _save(link_alone(link_id), sent)


@bp.patch("/<uuid:link_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(LinkChanged(partial=True))
@bp.response(200, LinkOut)
@bp.alt_response(412, description="Somebody else has saved it since you read it.")
@bp.alt_response(428, description="If-Match is missing.")
def change(sent: dict[str, Any], link_id: UUID, **_headers: Any) -> Tagged:
    """Change the fields that are named and leave the others."""
    link = link_alone(link_id)
    return _save(link, vars_of(draft_of_link(link)) | sent)


def vars_of(draft: LinkDraft) -> dict[str, Any]:
    """Return the draft's fields but the passcode, which stays unless it is named."""
    return {n: getattr(draft, n) for n in LinkDraft.__dataclass_fields__ if n != "passcode"}


def _save(link: Link, sent: dict[str, Any]) -> Tagged:
    staff = current_staff()
    demand_write(staff)
    version = demanded_version()
    draft = _draft(sent, link)
    check_draft(draft, read_choices(deps().peers, link.brand_id), link)
    passcode = hash_passcode(draft, deps().passwords)
    with deps().database.transaction(staff.maker_id) as session:
        saved = update_link(
            session, draft, link_id=link.id, version=version, passcode_hash=passcode
        )
        session.refresh(saved)
    renew_preflight(saved)
    return tagged(saved)


def _draft(sent: dict[str, Any], link: Link | None) -> LinkDraft:
    """Return what was sent as a draft; a passcode that was not named stays as it is."""
    had_one = link is not None and link.asked_passcode is not None
    wish = PasscodeWish(had_one, None)
    if "passcode" in sent:
        wish = PasscodeWish(sent["passcode"] is not None, sent["passcode"])
    given = {name: value for name, value in sent.items() if name != "passcode"}
    lists = {name: tuple(v) for name, v in given.items() if isinstance(v, list)}
    return LinkDraft(**(given | lists), passcode=wish)
