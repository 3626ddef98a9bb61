"""The staff's pages of NEXT ENGINE. Nothing is stored before "Connect company X?" is answered."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.gateways.next_engine.shops import Destination
from checkout.usecases.connect_next_engine import (
    choose_encoding,
    connect_next_engine,
    disconnect_next_engine,
)
from checkout.web.brand_parts import BrandPart, of_each_brand
from checkout.web.editing import editor_for, editor_of, maker_of
from checkout.web.next_engine.signing_in import begin_url, receive
from checkout.web.next_engine.standing import standing_of
from checkout.web.next_engine.visits import Visit, forget_visit, read_visit
from checkout.web.words import error_words
from common.errors import FieldError, Invalid
from common.web.auth import current_staff, demand_write, staff_for

bp = Blueprint("next_engine", __name__, url_prefix="/next-engine")
HERE = "next_engine.show_next_engine"


@bp.get("")
def show_next_engine() -> str:
    return render_template(
        "checkout/next_engine/index.html",
        parts=_parts(),
        begin_url=begin_url(),
        default_encoding=deps().settings.next_engine_encoding,
    )


@bp.get("/callback")
def show_callback() -> str:
    """Ask before anything is exchanged: their state is no proof that this person began it."""
    demand_write(current_staff())
    given = {name: request.args.get(name, "")[:200] for name in ("uid", "state")}
    return render_template("checkout/next_engine/callback.html", given=given, begin_url=begin_url())


@bp.post("/callback")
def create_visit() -> Response:
    """Exchange uid and state for the company, which is then shown and confirmed."""
    staff = current_staff()
    demand_write(staff)
    uid, state = request.form.get("uid", ""), request.form.get("state", "")
    visit_id = receive(uid=uid, state=state, session_id=staff.session_id)
    return redirect(url_for("next_engine.show_visit", visit_id=visit_id), code=303)


@bp.get("/visits/<uuid:visit_id>")
def show_visit(visit_id: UUID) -> str:
    visit = read_visit(visit_id, session_id=current_staff().session_id)
    return _ask(visit, visit_id)


@bp.post("/visits/<uuid:visit_id>")
def create_connection(visit_id: UUID) -> Response | tuple[str, int]:
    """Connect the chosen brand to the chosen shop of the company."""
    staff = current_staff()
    visit = read_visit(visit_id, session_id=staff.session_id)
    try:
        brand_id, destination = _chosen_brand(), _chosen_destination(visit)
        maker_id = maker_of(staff_for(brand_id, write=True))
        with deps().database.transaction(maker_id) as session:
            released = connect_next_engine(
                session,
                visit.company,
                destination,
                maker_id=maker_id,
                brand_id=brand_id,
                cipher=deps().cipher,
                by=editor_for(brand_id),
            )
    except Invalid as wrong:
        return _ask(visit, visit_id, wrong), wrong.status
    forget_visit(visit_id, session_id=staff.session_id)
    return _done(brand_id, visit.company.name, released)


@bp.post("/<uuid:brand_id>/disconnect")
def delete_connection(brand_id: UUID) -> Response:
    staff = staff_for(brand_id, write=True)
    with deps().database.transaction(staff.maker_id) as session:
        disconnect_next_engine(
            session, maker_id=maker_of(staff), brand_id=brand_id, by=editor_of(staff)
        )
    flash(_("The brand is disconnected. New orders stay here."), "good")
    return redirect(url_for(HERE), code=303)


@bp.post("/<uuid:brand_id>/encoding")
def update_encoding(brand_id: UUID) -> Response:
    """Switch how the files are written, for an importer that wants the other one (D22)."""
    staff = staff_for(brand_id, write=True)
    with deps().database.transaction(staff.maker_id) as session:
        choose_encoding(
            session,
            request.form.get("encoding", ""),
            maker_id=maker_of(staff),
            brand_id=brand_id,
            by=editor_of(staff),
        )
    flash(_("The next upload is written so."), "good")
    return redirect(url_for(HERE) + f"#brand-{brand_id}", code=303)


def _parts() -> list[BrandPart]:
    now = deps().now()
    return of_each_brand(lambda session, brand: standing_of(session, brand, now=now))


def _ask(visit: Visit, visit_id: UUID, wrong: Invalid | None = None) -> str:
    return render_template(
        "checkout/next_engine/connect.html",
        visit=visit,
        visit_id=visit_id,
        parts=_parts(),
        typed=request.form,
        errors={each.field: error_words(each) for each in wrong.errors} if wrong else {},
    )


def _chosen_brand() -> UUID:
    try:
        return UUID(request.form.get("brand_id", ""))
    except ValueError:
        raise _wrong("brand_id", "required", "Choose a brand.") from None


def _chosen_destination(visit: Visit) -> Destination:
    wished = request.form.get("destination", "")
    for each in visit.destinations:
        if each.key == wished:
            return each
    raise _wrong("destination", "required", "Choose a shop.")


def _wrong(field: str, code: str, detail: str) -> Invalid:
    return Invalid("Some fields are not right.", errors=[FieldError(field, code, detail)])


def _done(brand_id: UUID, company: str, released: int) -> Response:
    flash(_("%(company)s is connected.", company=company), "good")
    if released:
        said = ngettext(
            "%(num)s waiting upload starts again.", "%(num)s waiting uploads start again.", released
        )
        flash(said, "good")
    return redirect(url_for(HERE) + f"#brand-{brand_id}", code=303)
