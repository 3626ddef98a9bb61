"""Create, edit and delete a lookbook: name, status, pictures, credited products (R151)."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.lookbook_rules import MOST_BYTES, WARNED_BYTES, LookbookDraft
from catalog.domain.order import moved, rearranged
from catalog.store.lookbooks import get_lookbook, list_credits
from catalog.store.models import Lookbook
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_lookbook import create_lookbook, delete_lookbook, update_lookbook
from catalog.web.keep_file import keep_picture
from catalog.web.pictures import portrait
from catalog.web.staff.room import (
    bp,
    brand_of,
    brand_tabs,
    chosen_brand,
    errors_of,
    maker_of,
    remember,
    said,
    texts_sent,
    writing_staff,
)
from common.errors import FieldError, Invalid
from common.files import FileRefused
from common.files.sizes import size_of
from common.web.bodies import takes_up_to

BETWEEN = re.compile(r"[\s,、，]+")
AT_ONCE = 12 * MOST_BYTES


@bp.get("/lookbooks/new")
def new_lookbook() -> str:
    return _show(chosen_brand(writing_staff()), None)


@bp.post("/lookbooks/files/new")
@takes_up_to(AT_ONCE, of=writing_staff)
def create_one_lookbook() -> Response | tuple[str, int]:
    """Make the lookbook with its pictures, or show the form again."""
    staff = writing_staff()
    brand_id = chosen_brand(staff)
    brand, maker_id = brand_of(brand_id), maker_of(staff)
    try:
        keys = keep_pictures(maker_id, brand_id)
        with deps().database.transaction(maker_id) as session:
            book = create_lookbook(
                session,
                _draft(brand.languages, keys),
                maker_id=maker_id,
                brand_id=brand_id,
                model_numbers=_numbers(),
            )
    except Invalid as wrong:
        return _show(brand_id, None, wrong), wrong.status
    remember(brand_id, maker_id, brand)
    flash(_("The lookbook is saved."), "good")
    return redirect(f"/lookbooks/{book.id}")


@bp.get("/lookbooks/<uuid:lookbook_id>")
def edit_lookbook(lookbook_id: UUID) -> str:
    """Show the form with the lookbook in it. Another brand's is not there."""
    book = own_lookbook(lookbook_id)
    return _show(book.brand_id, book)


@bp.post("/lookbooks/files/<uuid:lookbook_id>")
@takes_up_to(AT_ONCE, of=writing_staff)
def update_one_lookbook(lookbook_id: UUID) -> Response | tuple[str, int]:
    """Save words, order and new pictures; `up`, `down` and `remove` work without script."""
    staff, book = writing_staff(), own_lookbook(lookbook_id)
    try:
        added = keep_pictures(book.maker_id, book.brand_id)
        draft = _draft(brand_of(book.brand_id).languages, [*_arranged(book), *added])
        with deps().database.transaction(staff.maker_id) as session:
            locked = get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids, is_locked=True)
            version = request.form.get("version", 0, type=int)
            update_lookbook(session, locked, draft, version=version, model_numbers=_numbers())
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show(book.brand_id, book, wrong), wrong.status
    flash(_("The lookbook is saved."), "good")
    return redirect(f"/lookbooks/{lookbook_id}")


@bp.post("/lookbooks/<uuid:lookbook_id>/delete")
def delete_one_lookbook(lookbook_id: UUID) -> Response | tuple[str, int]:
    """Delete the lookbook if the word was typed."""
    staff, book = writing_staff(), own_lookbook(lookbook_id)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            locked = get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids, is_locked=True)
            delete_lookbook(session, locked, word=request.form.get("word", ""))
    except Invalid as wrong:
        return _show(book.brand_id, book, wrong, is_filled=False), wrong.status
    flash(_("The lookbook is deleted."), "good")
    return redirect("/lookbooks")


def own_lookbook(lookbook_id: UUID) -> Lookbook:
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids)


def keep_pictures(maker_id: UUID, brand_id: UUID) -> list[str]:
    """Return the keys of the pictures that were sent; large ones are warned about (R151)."""
    keys = []
    for file in request.files.getlist("files"):
        if not file.filename:
            continue
        if size_of(file.stream) > WARNED_BYTES:
            words = _(
                "%(name)s is larger than 300 KB; pages with it load slowly.", name=file.filename
            )
            flash(words, "warn")
        try:
            keys.append(keep_picture(file, maker_id=maker_id, brand_id=brand_id, limit=MOST_BYTES))
        except FileRefused as refused:
            wrong = FieldError("files", "R151", refused.detail)
            raise Invalid(refused.detail, rule="R151", errors=[wrong]) from refused
    return keys


def _arranged(book: Lookbook) -> list[str]:
    """Return the book's own pictures in the order that was sent, without the removed ones."""
    form = request.form
    keys = rearranged(book.keys, form.getlist("keys"))
    for name, by in (("up", -1), ("down", 1)):
        for key in form.getlist(name):
            keys = moved(keys, key, by=by)
    return [key for key in keys if key not in form.getlist("remove")]


def _draft(languages: tuple[str, ...], keys: Sequence[str]) -> LookbookDraft:
    form = request.form
    return LookbookDraft(
        names=texts_sent("names", languages),
        status=form.get("status", ""),
        keys=keys,
        alts={
            key: {each: form.get(f"alt.{key}.{each}", "")[:300] for each in languages}
            for key in keys
        },
    )


def _numbers() -> list[str]:
    return [each for each in BETWEEN.split(request.form.get("model_numbers", "")) if each]


def _show(
    brand_id: UUID,
    book: Lookbook | None,
    wrong: Invalid | ChangedMeanwhile | None = None,
    *,
    is_filled: bool = True,
) -> str:
    staff, brand = writing_staff(), brand_of(brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        credited = list_credits(session, book.id) if book else []
    typed: dict[str, Any] = {
        "names": dict(book.names) if book else {},
        "status": book.status if book else "draft",
        "model_numbers": "\n".join(each.model_number for each in credited),
        "version": book.version if book else 0,
    }
    if wrong and is_filled:
        typed["names"] = texts_sent("names", brand.languages)
        typed |= {name: request.form.get(name, "") for name in ("status", "model_numbers")}
        typed["version"] = request.form.get("version", 0, type=int)
    return render_template(
        "catalog/staff/lookbook_form.html",
        book=book,
        typed=typed,
        brand=brand,
        brand_id=brand_id,
        name=said(book.names) if book else "",
        tabs=[] if book else brand_tabs(staff, brand_id, "/lookbooks/new"),
        images=[(key, portrait(key), book.alts.get(key, {})) for key in book.keys] if book else [],
        credited=[(each.id, each.model_number, said(each.names)) for each in credited],
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )
