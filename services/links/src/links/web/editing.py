"""Create a New Customer Link, and editing one."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import Invalid
from common.web.auth import current_staff, demand_write
from links.deps import deps
from links.domain.link_rules import LinkDraft
from links.gateways.peers import Choices, read_choices
from links.usecases.draft_of_link import draft_of_link
from links.usecases.save_link import (
    ChangedMeanwhile,
    check_draft,
    create_link,
    hash_passcode,
    update_link,
)
from links.web.brands import chosen_brand, maker_of
from links.web.form.conflict import differences
from links.web.form.draft import draft_of
from links.web.form.fields import LinkForm
from links.web.form.page import show_form
from links.web.form.sent import read_form
from links.web.form.stored import form_of
from links.web.own_link import own_link
from links.web.preflight.shown import renew_preflight

bp = Blueprint("editing", __name__, url_prefix="/links")


@bp.get("/new")
def new_link() -> str:
    """Show the empty form, for one of the staff's brands."""
    staff = current_staff()
    demand_write(staff)
    brand = chosen_brand(staff)
    return show_form(staff, brand, LinkForm(payment_methods=["outside"]), None)


@bp.post("/new")
def create() -> Response | tuple[str, int]:
    """Make the link, or show the form again with everything typed and what is wrong."""
    staff = current_staff()
    demand_write(staff)
    brand = chosen_brand(staff)
    form = read_form(request.form)
    choices = read_choices(deps().peers, brand.id)
    try:
        draft = draft_of(form, brand.time_zone)
        check_draft(draft, choices)
        passcode = hash_passcode(draft, deps().passwords)
        with deps().database.transaction(staff.maker_id) as session:
            link = create_link(
                session,
                draft,
                maker_id=maker_of(staff),
                brand_id=brand.id,
                passcode_hash=passcode,
            )
    except Invalid as wrong:
        return show_form(staff, brand, form, None, wrong), wrong.status
    renew_preflight(link)
    flash(_("The link is made. Copy its address and send it to your buyers."), "good")
    _warn(draft, choices)
    return redirect("/links")


@bp.get("/<uuid:link_id>/edit")
def edit_link(link_id: UUID) -> str:
    """Show the form with the link in it; the page's script puts its times in the browser's zone."""
    link, staff, brand = own_link(link_id)
    demand_write(staff)
    return show_form(staff, brand, form_of(link, brand.time_zone), link)


@bp.post("/<uuid:link_id>/edit")
def update(link_id: UUID) -> Response | tuple[str, int]:
    """Save the edited link; a second editor is told instead of overwriting the first."""
    link, staff, brand = own_link(link_id)
    demand_write(staff)
    form = read_form(request.form)
    choices = read_choices(deps().peers, brand.id)
    try:
        draft = draft_of(form, brand.time_zone, link)
        check_draft(draft, choices, link)
        passcode = hash_passcode(draft, deps().passwords)
        with deps().database.transaction(staff.maker_id) as session:
            saved = update_link(
                session, draft, link_id=link.id, version=form.version, passcode_hash=passcode
            )
    except Invalid as wrong:
        return show_form(staff, brand, form, link, wrong), wrong.status
    except ChangedMeanwhile as late:
        return _show_both(link_id, form, draft, choices), late.status
    renew_preflight(saved)
    flash(_("The link is saved."), "good")
    _warn(draft, choices)
    return redirect("/links")


def _show_both(link_id: UUID, form: LinkForm, draft: LinkDraft, choices: Choices) -> str:
    """Show the saved version beside the typed one; saving once more goes over it knowingly."""
    link, staff, brand = own_link(link_id)
    found = differences(draft_of_link(link), draft, choices=choices, zone=brand.time_zone)
    form.version = link.version
    return show_form(staff, brand, form, link, is_typed=True, differences=found)


def _warn(draft: LinkDraft, choices: Choices) -> None:
    """Say what will go wrong later but may be saved (R112)."""
    if choices.has_next_engine and not draft.address_shown:
        flash(
            _("The address is hidden, but NEXT ENGINE needs it: uploads of orders may fail."),
            "warn",
        )
