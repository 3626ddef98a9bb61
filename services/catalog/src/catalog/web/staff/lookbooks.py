"""Lookbooks as staff sees them."""

from flask import render_template

from catalog.deps import deps
from catalog.store.catalogs import list_lookbooks
from catalog.web.pictures import landscape
from catalog.web.staff.room import bp, said
from common.web.auth import WRITERS, current_staff


@bp.get("/lookbooks")
def index_lookbooks() -> str:
    """Show the brands' lookbooks."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = [
            book for each in staff.brand_ids for book in list_lookbooks(session, brand_id=each)
        ]
    books = [
        {
            "id": book.id,
            "name": said(book.names),
            "status": book.status,
            "image": landscape(book.keys[0]) if book.keys else None,
            "pictures": len(book.keys),
        }
        for book in found
    ]
    return render_template(
        "catalog/staff/lookbooks.html", books=books, can_write=staff.role in WRITERS
    )
