"""What a catalog shows beside its products, and its minimum amount."""

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.showing_rules import Showing, player_of
from catalog.domain.typed_amount import read_amount, written_amount
from catalog.gateways.identity import Brand
from catalog.store.catalogs import list_lookbooks
from catalog.store.editing import lock_catalog
from catalog.store.models import Catalog
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_showing import save_showing, set_header
from catalog.web.keep_file import keep_picture
from catalog.web.pictures import landscape
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import bp, brand_of, errors_of, ids_sent, said, writing_staff
from common.errors import FieldError, Invalid
from common.files.picture import MOST_BYTES
from common.web.bodies import takes_up_to


@bp.get("/catalogs/<uuid:catalog_id>/showing")
def show_showing(catalog_id: UUID) -> str:
    return _show(own_catalog(writing_staff(), catalog_id).catalog)


@bp.post("/catalogs/<uuid:catalog_id>/showing")
def put_showing(catalog_id: UUID) -> Response | tuple[str, int]:
    """Save lookbooks, videos, comment box and minimum amounts."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    try:
        showing = _sent(brand_of(catalog.brand_id))
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
            version = request.form.get("version", 0, type=int)
            save_showing(session, locked, showing, version=version)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show(catalog, wrong), wrong.status
    flash(_("The catalog is saved."), "good")
    return redirect(f"/catalogs/{catalog_id}/showing")


@bp.post("/catalogs/files/<uuid:catalog_id>")
@takes_up_to(MOST_BYTES, of=writing_staff)
def put_header(catalog_id: UUID) -> Response | tuple[str, int]:
    """Take a header picture in, or take it out with `remove`."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    key = None
    if "remove" not in request.form:
        try:
            file = request.files.get("file")
            key = keep_picture(file, maker_id=catalog.maker_id, brand_id=catalog.brand_id)
        except Invalid as refused:
            errors = [FieldError("file", refused.code, refused.detail)]
            return _show(catalog, Invalid(refused.detail, errors=errors)), refused.status
    with deps().database.transaction(staff.maker_id) as session:
        set_header(session, lock_catalog(session, catalog_id, brand_ids=staff.brand_ids), key)
    return redirect(f"/catalogs/{catalog_id}/showing")


def _sent(brand: Brand) -> Showing:
    """Return what was sent. Raises Invalid naming every field that is wrong."""
    errors: list[FieldError] = []
    typed = [line.strip() for line in request.form.get("videos", "").splitlines() if line.strip()]
    players = [player_of(each) for each in typed]
    if None in players:
        words = "Give the address of a video at YouTube or Vimeo, one a line."
        errors.append(FieldError("videos", "R155", words))
    amounts = {}
    for currency in brand.currencies:
        field = f"minimum.{currency}"
        try:
            amounts[currency] = read_amount(request.form.get(field, ""), currency, field=field)
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return Showing(
        lookbook_ids=tuple(dict.fromkeys(ids_sent("lookbook_ids"))),
        videos=tuple(dict.fromkeys(each for each in players if each)),
        has_comment_box="has_comment_box" in request.form,
        minimum_amounts={key: least for key, least in amounts.items() if least},
    )


def _show(catalog: Catalog, wrong: Invalid | ChangedMeanwhile | None = None) -> str:
    brand = brand_of(catalog.brand_id)
    with deps().database.transaction(catalog.maker_id) as session:
        books = list_lookbooks(session, brand_id=catalog.brand_id)
    sent = request.form if wrong and "version" in request.form else None
    least = {
        cur: sent.get(f"minimum.{cur}", "")
        if sent
        else written_amount(catalog.minimum_amounts.get(cur), cur)
        for cur in brand.currencies
    }
    return render_template(
        "catalog/staff/catalog_showing.html",
        catalog=catalog,
        name=said(catalog.names),
        books=[{"value": b.id, "label": said(b.names), "status": b.status} for b in books],
        chosen=sent.getlist("lookbook_ids") if sent else catalog.lookbook_ids,
        videos=sent.get("videos", "") if sent else "\n".join(catalog.videos),
        has_comment_box="has_comment_box" in sent if sent else catalog.has_comment_box,
        least=least,
        version=sent.get("version") if sent else catalog.version,
        header=landscape(catalog.hero_key) if catalog.hero_key else None,
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )
