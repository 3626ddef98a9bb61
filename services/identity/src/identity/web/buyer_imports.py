"""/buyers/imports…: a file of buyers, what it would do, and, once confirmed, what it did."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE, Schema, fields, validate

from common.errors import Conflict, Invalid
from common.sessions import Claims
from common.web.auth import current_staff, staff_for
from common.web.bodies import takes_up_to
from common.web.i18n import language
from identity.deps import Deps, deps
from identity.domain.buyer_columns import COLUMNS, titles_by_key
from identity.domain.import_plan import RowFate
from identity.store.brands import get_brand, list_brands
from identity.store.imports import count_rows, get_import, list_recent, list_rows
from identity.store.models import BuyerImport
from identity.usecases.apply_import import apply_import, cancel_import, confirm_import
from identity.usecases.plan_import import plan_import
from identity.web.import_files import MAX_FILE_BYTES, MAX_ROWS, posted_file, table_response
from identity.web.staff import current_writer, editor_of, maker_of

bp = Blueprint("buyer_imports", __name__, url_prefix="/buyers/imports")
PAGE = 100


class UploadIn(Schema):
    class Meta:
        unknown = EXCLUDE

    brand_id = fields.UUID(required=True)


class PlanIn(Schema):
    class Meta:
        unknown = EXCLUDE

    fate = fields.String(load_default=None, validate=validate.OneOf([f.value for f in RowFate]))
    after = fields.Integer(load_default=0, validate=validate.Range(0, 10_000_000))


@bp.get("/new")
def new_import() -> ResponseReturnValue:
    return _upload_page(current_writer())


@bp.post("/new")
@takes_up_to(MAX_FILE_BYTES, of=current_writer)
def upload() -> ResponseReturnValue:
    staff = current_writer()
    asked = UploadIn().load(request.form.to_dict())
    staff_for(asked["brand_id"])
    try:
        file = posted_file(asked["brand_id"])
    except Invalid as refusal:
        return _upload_page(staff, refusal=refusal, brand_id=asked["brand_id"]), 422
    by = editor_of(staff)
    with deps().database.transaction(staff.maker_id) as session:
        made = plan_import(session, file, actor=by.actor, now=by.now)
    return redirect(f"/buyers/imports/{made.id}")


@bp.get("/<uuid:import_id>")
def show_import(import_id: UUID) -> ResponseReturnValue:
    staff = current_staff()
    asked = PlanIn().load({name: value for name, value in request.args.items() if value})
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
        fates, results = count_rows(session, found.id)
        rows = list_rows(
            session, found.id, fate=asked["fate"], after=asked["after"], limit=PAGE + 1
        )
        brand = get_brand(session, found.brand_id)
    page = rows[:PAGE]
    return render_template(
        "identity/buyer_import.html",
        found=found,
        brand=brand,
        fates=fates,
        results=results,
        rows=page,
        tabs=_tabs(found, fates, asked["fate"]),
        title_of=titles_by_key(language()),
        next_url=_url(found, asked["fate"], page[-1].number) if len(rows) > PAGE else None,
    )


@bp.post("/<uuid:import_id>/confirmation")
def confirm(import_id: UUID) -> ResponseReturnValue:
    """Confirm and apply the first rows at once; a job goes on with the rest."""
    staff = current_writer()
    by = editor_of(staff)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            confirm_import(session, import_id, by=by)
    except Conflict as refusal:
        flash(_(refusal.detail), "warn")
        return redirect(f"/buyers/imports/{import_id}")
    with deps().database.transaction(staff.maker_id) as session:
        _more, dead = apply_import(session, import_id, brand_ids=by.brand_ids, now=by.now)
    deps().copies.bury(dead)
    return redirect(f"/buyers/imports/{import_id}")


@bp.post("/<uuid:import_id>/cancellation")
def cancel(import_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    try:
        with deps().database.transaction(staff.maker_id) as session:
            cancel_import(session, import_id, by=editor_of(staff))
        flash(_("Nothing was imported."), "good")
    except Conflict as refusal:
        flash(_(refusal.detail), "warn")
        return redirect(f"/buyers/imports/{import_id}")
    return redirect("/buyers")


@bp.get("/<uuid:import_id>/result.<any(csv, xlsx):kind>")
def result(import_id: UUID, kind: str) -> ResponseReturnValue:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
    title_of = titles_by_key(language())
    headers = [*(title_of[key] for key in found.columns), str(_("Status")), str(_("Note"))]
    words = {
        "created": _("created"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "failed": _("not imported"),
        "": _("not yet"),
    }
    rows = _result_rows(deps(), maker_of(staff), found, {k: str(w) for k, w in words.items()})
    translated = ([*cells[:-1], _note(cells[-1])] for cells in rows)
    return table_response(kind, "buyers-result", headers, list(translated), now=deps().now())


def _result_rows(
    parts: Deps, maker_id: UUID, found: BuyerImport, words: dict[str, str]
) -> Iterator[list[Any]]:
    after = 0
    while True:
        with parts.database.transaction(maker_id) as session:
            rows = list_rows(session, found.id, after=after, limit=1000)
        for row in rows:
            cells = [str(row.cells.get(key, "")) for key in found.columns]
            yield [*cells, words[row.result or ""], row.errors]
        if len(rows) < 1000:
            return
        after = rows[-1].number


def _note(errors: list[dict[str, str]]) -> str:
    title_of = titles_by_key(language())
    return " / ".join(f"{title_of.get(e['field'], e['field'])}: {_(e['detail'])}" for e in errors)


def _tabs(found: BuyerImport, fates: dict[str, int], current: str | None) -> list[dict[str, Any]]:
    every: dict[str | None, int] = {None: sum(fates.values())}
    every.update({fate.value: fates.get(fate, 0) for fate in RowFate})
    return [
        {"fate": fate, "url": _url(found, fate, 0), "is_current": fate == current, "count": count}
        for fate, count in every.items()
        if count or fate is None
    ]


def _url(found: BuyerImport, fate: str | None, after: int) -> str:
    query = urlencode({name: v for name, v in (("fate", fate), ("after", after)) if v})
    return f"/buyers/imports/{found.id}" + (f"?{query}" if query else "")


def _upload_page(
    staff: Claims, *, refusal: Invalid | None = None, brand_id: UUID | None = None
) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        brands = list_brands(session, staff.brand_ids)
        recent = list_recent(session, staff.brand_ids)
    return render_template(
        "identity/buyer_import_new.html",
        brand_rows=brands,
        recent=recent,
        brand_id=brand_id,
        refusal=refusal,
        details=[each.detail for each in refusal.errors] if refusal else [],
        columns=COLUMNS,
        max_rows=MAX_ROWS,
        max_mib=MAX_FILE_BYTES // 2**20,
    )
