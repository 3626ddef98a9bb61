"""/products/imports…: a file of products, what it would do, and, once confirmed, what it did."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.store.import_models import ProductImport
from catalog.store.product_imports import count_rows, get_import, list_recent, list_rows
from catalog.usecases.apply_import import cancel_import
from catalog.usecases.describe_offer import brand_columns
from catalog.web.import_files import MAX_FILE_BYTES, MAX_ROWS, export_rows, table_response
from catalog.web.import_steps import column_titles, confirm_file, plan_file, result_table
from catalog.web.staff.room import (
    bp,
    brand_of,
    brand_tabs,
    chosen_brand,
    errors_of,
    maker_of,
    writing_staff,
)
from common.errors import Conflict, Invalid, NotFound
from common.web.auth import current_staff, staff_for
from common.web.bodies import takes_up_to
from common.web.i18n import language

PAGE = 100
FATES = ("create", "update", "unchanged", "skip", "error")


@bp.get("/products/imports/new")
def new_import() -> str:
    """Show what a file may be, and the latest ones."""
    return _upload_page()


@bp.post("/products/imports/new")
@takes_up_to(MAX_FILE_BYTES, of=writing_staff)
def upload_import() -> Response | tuple[str, int]:
    """Check the file; every row gets its fate, nothing is written."""
    staff = writing_staff()
    brand_id, sent = chosen_brand(staff), request.form
    try:
        made = plan_file(
            staff,
            request.files.get("file"),
            maker_id=maker_of(staff),
            brand_id=brand_id,
            term_id=_id(sent.get("trade_term_id", "")),
            currency=sent.get("currency", ""),
            language=sent.get("language", ""),
        )
    except Invalid as wrong:
        return _upload_page(wrong), wrong.status
    return redirect(f"/products/imports/{made.id}")


@bp.get("/products/imports/<uuid:import_id>")
def show_import(import_id: UUID) -> str:
    """Show every row's fate; while it works, how far it is. Another brand's is not there."""
    staff = current_staff()
    fate = request.args.get("fate") if request.args.get("fate") in FATES else None
    after = max(0, min(request.args.get("after", 0, type=int), 10**7))
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
        fates, results = count_rows(session, found.id)
        rows = list_rows(session, found.id, fate=fate, after=after, limit=PAGE + 1)
    return render_template(
        "catalog/staff/product_import.html",
        found=found,
        brand=brand_of(found.brand_id),
        fates=fates,
        results=results,
        rows=rows[:PAGE],
        tabs=_tabs(found, fates, fate),
        title_of=column_titles(found),
        next_url=_url(found, fate, rows[PAGE - 1].number) if len(rows) > PAGE else None,
    )


@bp.post("/products/imports/<uuid:import_id>/confirmation")
def confirm_one_import(import_id: UUID) -> Response:
    """Let the planned rows be written."""
    staff = writing_staff()
    try:
        confirm_file(staff, import_id, maker_id=maker_of(staff))
    except Conflict as refusal:
        flash(_(refusal.detail), "warn")
    return redirect(f"/products/imports/{import_id}")


@bp.post("/products/imports/<uuid:import_id>/cancellation")
def cancel_one_import(import_id: UUID) -> Response:
    """Let the plan go without doing any of it."""
    staff = writing_staff()
    try:
        with deps().database.transaction(staff.maker_id) as session:
            cancel_import(session, import_id, brand_ids=staff.brand_ids, now=deps().now())
        flash(_("Nothing was imported."), "good")
    except Conflict as refusal:
        flash(_(refusal.detail), "warn")
    return redirect(f"/products/imports/{import_id}")


@bp.get("/products/imports/<uuid:import_id>/result.<any(csv, xlsx):kind>")
def show_import_result(import_id: UUID, kind: str) -> Response:
    """Give the file back with a status and a note for each row."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
    headers, rows = result_table(found)
    return table_response(kind, "products-result", headers, rows, now=deps().now())


@bp.get("/products/export.<any(csv, xlsx):kind>")
def export_products(kind: str) -> Response:
    """Give a brand's products as a file that an import reads."""
    staff = current_staff()
    brand_id = chosen_brand(staff)
    staff_for(brand_id)
    brand = brand_of(brand_id)
    is_empty = bool(request.args.get("empty"))
    rows = iter(()) if is_empty else export_rows(deps(), maker_of(staff), brand_id, brand)
    headers = [each.title(language()) for each in brand_columns(brand)]
    return table_response(kind, "products", headers, rows, now=deps().now())


def _upload_page(wrong: Invalid | None = None) -> str:
    staff = writing_staff()
    brand_id = chosen_brand(staff)
    brand = brand_of(brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        recent = list_recent(session, staff.brand_ids)
    return render_template(
        "catalog/staff/product_import_new.html",
        brand=brand,
        brand_id=brand_id,
        tabs=brand_tabs(staff, brand_id, "/products/imports/new"),
        recent=recent,
        refusal=wrong,
        errors=errors_of(wrong),
        sent=request.form,
        columns=brand_columns(brand),
        max_rows=MAX_ROWS,
        max_mib=MAX_FILE_BYTES // 2**20,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("One of the choices is not there.")) from wrong


def _tabs(found: ProductImport, fates: dict[str, int], current: str | None) -> list[dict[str, Any]]:
    every: dict[str | None, int] = {None: sum(fates.values())}
    every.update({fate: fates.get(fate, 0) for fate in FATES})
    return [
        {"fate": fate, "url": _url(found, fate, 0), "is_current": fate == current, "count": count}
        for fate, count in every.items()
        if count or fate is None
    ]


def _url(found: ProductImport, fate: str | None, after: int) -> str:
    query = urlencode({name: v for name, v in (("fate", fate), ("after", after)) if v})
    return f"/products/imports/{found.id}" + (f"?{query}" if query else "")
