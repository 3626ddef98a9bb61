"""Links → Customer Order Links: the list; a link's QR code; a copy of a link."""

import io
from uuid import UUID

import segno
from flask import Blueprint, Response, flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from common.errors import NotFound, Unavailable
from common.web.auth import current_staff, demand_write
from links.deps import deps
from links.domain.listing import Order, Show
from links.gateways.peers import read_catalog_names
from links.store.links import get_own_link
from links.store.listing import LinkPage, list_links
from links.store.models import Link
from links.store.preflights import list_marks
from links.usecases.duplicate_link import duplicate_link
from links.usecases.resolve_link import state_of
from links.web.brands import brands_of
from links.web.listing import Asked
from links.web.own_link import link_alone

bp = Blueprint("manage", __name__, url_prefix="/links")


@bp.get("")
def index_links() -> str:
    """Show Link Management: searched, narrowed and ordered as the address says."""
    staff = current_staff()
    asked = Asked.of_request()
    now = deps().now()
    with deps().database.transaction(staff.maker_id) as session:
        page = list_links(
            session,
            brand_ids=staff.brand_ids,
            now=now,
            search=asked.search,
            show=asked.show,
            order=asked.order,
            cursor=asked.cursor,
        )
        marks = list_marks(session, [row.link.id for row in page.rows])
    return render_template(
        "links/index.html",
        rows=[(row, state_of(row.link, now=now).value) for row in page.rows],
        marks=marks,
        asked=asked,
        shows=[(show.value, words) for show, words in _shows().items()],
        orders=[(order.value, words) for order, words in _orders().items()],
        brand_names={brand.id: brand.name for brand in brands_of(staff)},
        catalog_names=_catalog_names(page),
        public_url=deps().settings.public_url,
        previous_url=asked.address(page.previous),
        next_url=asked.address(page.next),
    )


@bp.get("/standard")
def index_standard() -> str:
    """Show the tab of another link type: there are none of it (R6)."""
    current_staff()
    return render_template("links/other_type.html")


@bp.get("/<uuid:link_id>/qr")
def show_qr(link_id: UUID) -> str:
    """Show the link's address as a QR code, for a stand or a card."""
    link = link_alone(link_id)
    url = address_of(link)
    return render_template("links/qr.html", link=link, url=url, code=_qr(url))


@bp.get("/<uuid:link_id>/qr.svg")
def download_qr(link_id: UUID) -> Response:
    link = link_alone(link_id)
    name = f"attachment; filename=link-{link.id.hex[-6:]}.svg"
    headers = {"Content-Disposition": name}
    return Response(_qr(address_of(link)), mimetype="image/svg+xml", headers=headers)


@bp.post("/<uuid:link_id>/duplicate")
def duplicate(link_id: UUID) -> AnyResponse:
    """Make a copy and open it for editing."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        link = get_own_link(session, link_id, brand_ids=staff.brand_ids)
        copy = duplicate_link(session, link, name=_("%(name)s (copy)", name=link.name))
    flash(_("This is the copy. It has an address of its own and is open."), "good")
    return redirect(f"/links/{copy.id}/edit", code=303)


def address_of(link: Link) -> str:
    """Return exactly the address that buyers open (R7)."""
    return f"{deps().settings.public_url}/l/{link.token}"


def _qr(url: str) -> str:
    """Return it with a viewBox, so that no size of a page cuts it; 4 modules stay quiet around it."""
    file = io.BytesIO()
    code = segno.make(url, error="m")
    code.save(file, kind="svg", scale=8, border=4, xmldecl=False, omitsize=True)
    return file.getvalue().decode()


def _catalog_names(page: LinkPage) -> dict[str, str]:
    """Return the names of the page's catalogs by id; the list is worth showing without them."""
    wanted: dict[UUID, set[str]] = {}
    for row in page.rows:
        wanted.setdefault(row.link.brand_id, set()).update(row.link.catalog_ids)
    try:
        return read_catalog_names(deps().peers, wanted)
    except (Unavailable, NotFound):
        return {}


def _shows() -> dict[Show, str]:
    return {
        Show.ALL: _("All"),
        Show.OPEN: _("Open now"),
        Show.NOT_YET_RELEASED: _("Not yet released"),
        Show.EXPIRED: _("Expired"),
        Show.VOID: _("Void"),
    }


def _orders() -> dict[Order, str]:
    return {
        Order.NEWEST: _("Newest first"),
        Order.NAME: _("Name"),
        Order.RELEASE: _("Next release"),
        Order.EXPIRY: _("Next expiration"),
        Order.ORDERS: _("Most orders"),
    }
