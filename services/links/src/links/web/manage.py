"""Links → Customer Order Links: the list, Create a New Link, and editing."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import Invalid, NotFound
from common.sessions import Claims
from common.web.auth import current_staff, demand_write, staff_for
from links.deps import deps
from links.domain.link_rules import LinkDraft
from links.gateways.peers import Brand, Choices, read_brand, read_choices
from links.store.links import LinkNotFound, get_link, list_links
from links.store.models import Link
from links.usecases.resolve_link import state_of
from links.usecases.save_link import ChangedMeanwhile, check_draft, create_link, update_link
from links.web.forms import LinkForm, draft_of, form_of, read_form

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
        brand_names={brand.id: brand.name for brand in _brands(staff)},
        public_url=deps().settings.public_url,
        next_before=found[PAGE - 1].link.id if len(found) > PAGE else None,
    )


@bp.get("/new")
def new_link() -> str:
    """Show the empty form, for one of the staff's brands."""
    staff = current_staff()
    demand_write(staff)
    brand = _chosen_brand(staff)
    return _show_form(staff, brand, LinkForm(payment_methods=["outside"]), None)


@bp.post("/new")
def create() -> Response | tuple[str, int]:
    """Make the link, or show the form again with everything typed and what is wrong."""
    staff = current_staff()
    demand_write(staff)
    brand = _chosen_brand(staff)
    form = read_form(request.form)
    choices = read_choices(deps().peers, brand.id)
    try:
        draft = draft_of(form, {g.id: g for g in choices.rate_groups}, brand.time_zone)
        check_draft(draft, choices)
    except Invalid as wrong:
        return _show_form(staff, brand, form, None, wrong), wrong.status
    with deps().database.transaction(staff.maker_id) as session:
        create_link(session, draft, maker_id=_maker(staff), brand_id=brand.id)
    flash(_("The link is made. Copy its address and send it to your buyers."), "good")
    _warn(draft, choices)
    return redirect("/links")


@bp.get("/<uuid:link_id>/edit")
def edit_link(link_id: UUID) -> str:
    """Show the form with the link in it; the page's script puts its times in the browser's zone."""
    link, staff, brand = _own(link_id)
    demand_write(staff)
    return _show_form(staff, brand, form_of(link, brand.time_zone), link)


@bp.post("/<uuid:link_id>/edit")
def update(link_id: UUID) -> Response | tuple[str, int]:
    """Save the edited link; a second editor is told instead of overwriting the first."""
    link, staff, brand = _own(link_id)
    demand_write(staff)
    form = read_form(request.form)
    choices = read_choices(deps().peers, brand.id)
    try:
        draft = draft_of(form, {g.id: g for g in choices.rate_groups}, brand.time_zone, link)
        check_draft(draft, choices)
        with deps().database.transaction(staff.maker_id) as session:
            update_link(session, draft, link_id=link.id, version=form.version)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show_form(staff, brand, form, link, wrong), wrong.status
    flash(_("The link is saved."), "good")
    _warn(draft, choices)
    return redirect("/links")


def _warn(draft: LinkDraft, choices: Choices) -> None:
    """Say what will go wrong later but may be saved (R112)."""
    if choices.has_next_engine and not draft.address_shown:
        flash(
            _("The address is hidden, but NEXT ENGINE needs it: uploads of orders may fail."),
            "warn",
        )


def _show_form(
    staff: Claims,
    brand: Brand,
    form: LinkForm,
    link: Link | None,
    wrong: Invalid | ChangedMeanwhile | None = None,
) -> str:
    choices = read_choices(deps().peers, brand.id)
    return render_template(
        "links/form.html",
        form=form,
        link=link,
        is_stored=link is not None and wrong is None,
        brand=brand,
        choosable=[] if link else _brands(staff),
        choices=choices,
        rate_groups=_offered(choices),
        errors={error.field: _(error.detail) for error in wrong.errors} if wrong else {},
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )


def _offered(choices: Choices) -> list[tuple[str, str | None, list[tuple[str, str]]]]:
    """Return (currency, country, groups) for each combination that has a rate group."""
    pairs = sorted({(g.currency, g.country or "") for g in choices.rate_groups})
    return [
        (
            currency,
            country or None,
            [
                (g.id, g.name)
                for g in choices.rate_groups
                if (g.currency, g.country or "") == (currency, country)
            ],
        )
        for currency, country in pairs
    ]


def _own(link_id: UUID) -> tuple[Link, Claims, Brand]:
    """Return the link if it is of a brand that the staff may see; another's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        link = get_link(session, link_id)
    if link.brand_id not in staff.brand_ids:
        raise LinkNotFound(_("There is no such link."))
    return link, staff, read_brand(deps().peers, link.brand_id)


def _brands(staff: Claims) -> list[Brand]:
    return [read_brand(deps().peers, brand_id) for brand_id in staff.brand_ids]


def _chosen_brand(staff: Claims) -> Brand:
    asked = request.values.get("brand")
    try:
        brand_id = UUID(asked) if asked else staff.brand_ids[0]
    except (ValueError, IndexError) as wrong:
        raise NotFound(_("There is no such brand.")) from wrong
    staff_for(brand_id, write=True)
    return read_brand(deps().peers, brand_id)


def _maker(staff: Claims) -> UUID:
    if staff.maker_id is None:
        raise NotFound(_("There is no such brand."))
    return staff.maker_id


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong
