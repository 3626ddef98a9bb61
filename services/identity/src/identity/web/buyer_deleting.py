"""/buyers/<id>/deletion and /buyers/deletions: one buyer, or the chosen ones (R166)."""

from collections import Counter
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from identity.deps import deps
from identity.domain.deletion import SENTENCES, CannotDelete, Fate
from identity.usecases.delete_buyers import Deleted, delete_buyer, delete_buyers
from identity.web.staff import current_writer, editor_of

bp = Blueprint("buyer_deleting", __name__, url_prefix="/buyers")
MOST = 200
LONG = 40
"""Longer names are cut: what is flashed travels in a cookie."""


@bp.post("/<uuid:buyer_id>/deletion")
def delete_one(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    try:
        with deps().database.transaction(staff.maker_id) as session:
            done = delete_buyer(session, buyer_id, by=editor_of(staff))
    except CannotDelete as refusal:
        flash(_(refusal.detail), "bad")
        return redirect(f"/buyers/{buyer_id}")
    deps().copies.bury(done.dead_copies)
    flash(_("“%(name)s” is deleted.", name=done.names[buyer_id]), "good")
    return redirect("/buyers")


@bp.post("/deletions")
def delete_many() -> ResponseReturnValue:
    staff, chosen = current_writer(), _chosen()
    if not chosen:
        flash(_("Please choose the buyers to delete."), "warn")
        return redirect("/buyers")
    with deps().database.transaction(staff.maker_id) as session:
        done = delete_buyers(session, chosen, by=editor_of(staff))
    deps().copies.bury(done.dead_copies)
    _tell(done)
    return redirect("/buyers")


def _chosen() -> list[UUID]:
    found = []
    for text in request.form.getlist("buyer_ids")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _tell(done: Deleted) -> None:
    counts = Counter(done.fates.values())
    if deleted := counts.pop(Fate.DELETED, 0):
        flash(_("Deleted buyers: %(num)s", num=deleted), "good")
    for fate in (Fate.HAS_ORDERS, Fate.INVITATION_PENDING, Fate.CONNECTED):
        kept = [done.names[each] for each, what in done.fates.items() if what is fate]
        if kept:
            flash(_("%(names)s: %(why)s", names=_list(kept), why=_(SENTENCES[fate])), "warn")


def _list(names: list[str], most: int = 5) -> str:
    rest = len(names) - most
    shown = ", ".join(name if len(name) <= LONG else f"{name[:LONG]}…" for name in names[:most])
    return f"{shown} +{rest}" if rest > 0 else shown
