"""Links for integrators: /api/links/v1/links."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from common.web.auth import current_staff, staff_for
from links.deps import deps
from links.domain.link_rules import LONGEST_NAME, LONGEST_TEXT, PAYMENT_METHODS, LinkDraft
from links.gateways.peers import read_choices
from links.store.links import LinkNotFound, get_link, list_links
from links.store.models import Link
from links.usecases.resolve_link import state_of
from links.usecases.save_link import check_draft, create_link

PAGE = 50
bp = Blueprint("links_api", __name__, url_prefix="/links")


class StrictSchema(Schema):
    class Meta:
        unknown = RAISE


class ShippingRowSchema(StrictSchema):
    currency = fields.String(required=True, validate=validate.Length(equal=3))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Length(equal=2))
    rate_group_id = fields.String(required=True)


class ContactSchema(StrictSchema):
    first_name = fields.String(load_default="")
    last_name = fields.String(load_default="")
    email = fields.String(load_default="")
    phone = fields.String(load_default="")
    note = fields.String(load_default="")


class LinkIn(StrictSchema):
    """A price, a currency of its own, a language: a link has none, and naming one is refused."""

    brand_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    description = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
    view_only = fields.Boolean(load_default=False)
    transition = fields.Boolean(load_default=False)
    address_shown = fields.Boolean(load_default=True)
    release_at = fields.AwareDateTime(load_default=None, allow_none=True)
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    catalog_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1))
    lookbook_ids = fields.List(fields.UUID(), load_default=list)
    payment_methods = fields.List(
        fields.String(validate=validate.OneOf(PAYMENT_METHODS)), load_default=list
    )
    shipping_rows = fields.List(fields.Nested(ShippingRowSchema), load_default=list)
    contacts = fields.List(fields.Nested(ContactSchema), load_default=list)


class LinkOut(LinkIn):
    id = fields.UUID()
    token = fields.String()
    url = fields.String()
    status = fields.String()
    state = fields.String()
    version = fields.Integer()
    created_at = fields.AwareDateTime()


class LinksOut(Schema):
    links = fields.List(fields.Nested(LinkOut))
    next = fields.UUID(allow_none=True)


class PageIn(Schema):
    before = fields.UUID(load_default=None)
    search = fields.String(load_default="")


@bp.get("")
@bp.arguments(PageIn, location="query")
@bp.response(200, LinksOut)
def index_links(asked: dict[str, Any]) -> dict[str, Any]:
    """List links, newest first, 50 a page; `next` is the `before` of the page after."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_links(session, brand_ids=staff.brand_ids, limit=PAGE + 1, **asked)
    following = found[PAGE - 1].link.id if len(found) > PAGE else None
    return {"links": [shown(each.link) for each in found[:PAGE]], "next": following}


@bp.post("")
@bp.arguments(LinkIn)
@bp.response(201, LinkOut)
def create(sent: dict[str, Any]) -> dict[str, Any]:
    """Make a link. Dates carry an offset; naive ones are refused."""
    brand_id: UUID = sent.pop("brand_id")
    staff = staff_for(brand_id, write=True)
    lists = ("catalog_ids", "lookbook_ids", "payment_methods", "shipping_rows", "contacts")
    draft = LinkDraft(**{**sent, **{name: tuple(sent[name]) for name in lists}})
    check_draft(draft, read_choices(deps().peers, brand_id))
    with deps().database.transaction(staff.maker_id) as session:
        link = create_link(
            session, draft, maker_id=staff.maker_id or UUID(int=0), brand_id=brand_id
        )
        session.refresh(link)
    return shown(link)


@bp.get("/<uuid:link_id>")
@bp.response(200, LinkOut)
def show_link(link_id: UUID) -> dict[str, Any]:
    """Read one link. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        link = get_link(session, link_id)
    if link.brand_id not in staff.brand_ids:
        raise LinkNotFound("There is no such link.")
    return shown(link)


def shown(link: Link) -> dict[str, Any]:
    """Return the link as the API shows it."""
    columns = {name: getattr(link, name) for name in LinkOut().fields if hasattr(link, name)}
    return {
        **columns,
        "url": f"{deps().settings.public_url}/l/{link.token}",
        "state": state_of(link, now=deps().now()).value,
    }
