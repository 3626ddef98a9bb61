"""/buyers: the brand's view of its customers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, fields, validate

from common.web.auth import WRITERS, current_staff
from identity.deps import deps
from identity.store.brands import list_trade_terms
from identity.store.buyer_list import Search, count_by_kind, search_buyers
from identity.web.buyer_view import render_buyer

bp = Blueprint("buyers", __name__, url_prefix="/buyers")


class SearchIn(Schema):
    """What the list's address may say; anything else is as if it were not there."""

    class Meta:
        unknown = EXCLUDE

    q = fields.String(load_default="")
    kind = fields.String(load_default=None, validate=validate.OneOf(["offline", "connected"]))
    tag = fields.String(load_default=None)
    after = fields.UUID(load_default=None)


@bp.get("")
def show_buyers() -> ResponseReturnValue:
    staff = current_staff()
    asked = SearchIn().load(_filled(request.args.to_dict()))
    search = Search(
        brand_ids=staff.brand_ids,
        text=asked["q"],
        kind=asked["kind"],
        tag=asked["tag"],
        after=asked["after"],
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = search_buyers(session, search)
        counts = count_by_kind(session, search)
        terms = {term.id: term.name for term in list_trade_terms(session)}
    return render_template(
        "identity/buyers.html",
        rows=found.rows,
        next_url=_url(search, after=found.next_after) if found.next_after else None,
        tabs=_tabs(search, counts),
        search=search,
        terms=terms,
        can_write=staff.role in WRITERS,
        without_tag_url=_url(search, tag=None),
    )


@bp.get("/<uuid:buyer_id>")
def show_buyer(buyer_id: UUID) -> ResponseReturnValue:
    return render_buyer(current_staff(), buyer_id)


def _tabs(search: Search, counts: dict[str, int]) -> list[dict[str, Any]]:
    every = sum(counts.values())
    numbers = {
        None: every,
        "offline": counts.get("offline", 0),
        "connected": counts.get("connected", 0),
    }
    return [
        {
            "kind": kind,
            "url": _url(search, kind=kind),
            "is_current": kind == search.kind,
            "count": n,
        }
        for kind, n in numbers.items()
    ]


def _url(search: Search, **changed: Any) -> str:
    """Return the list's address with what was asked, changed by `changed`."""
    asked = {"q": search.text, "kind": search.kind, "tag": search.tag, **changed}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/buyers?{query}" if query else "/buyers"


def _filled(args: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in args.items() if value}
