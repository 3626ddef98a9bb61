"""/buyers/export.<csv|xlsx>: the buyers of one brand, as the import reads them."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, fields, validate

from common.web.auth import staff_for
from common.web.i18n import language
from identity.deps import Deps, deps
from identity.domain.buyer_columns import titles
from identity.store.brands import list_trade_terms
from identity.store.buyer_list import Search, search_buyers
from identity.store.imports import with_parts
from identity.usecases.describe_columns import file_row
from identity.web.import_files import table_response
from identity.web.staff import maker_of

bp = Blueprint("buyer_export", __name__, url_prefix="/buyers")
PAGE = 1000


class ExportIn(Schema):
    class Meta:
        unknown = EXCLUDE

    brand_id = fields.UUID(required=True)
    q = fields.String(load_default="")
    kind = fields.String(load_default=None, validate=validate.OneOf(["offline", "connected"]))
    tag = fields.String(load_default=None)
    empty = fields.Boolean(load_default=False)


@bp.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> ResponseReturnValue:
    asked = ExportIn().load({name: value for name, value in request.args.items() if value})
    staff = staff_for(asked["brand_id"])
    search = Search(
        brand_ids=[asked["brand_id"]],
        text=asked["q"],
        kind=asked["kind"],
        tag=asked["tag"],
        limit=PAGE,
    )
    rows = iter(()) if asked["empty"] else rows_of(deps(), maker_of(staff), search)
    return table_response(kind, "buyers", titles(language()), rows, now=deps().now())


def rows_of(parts: Deps, maker_id: UUID, search: Search) -> Iterator[list[str]]:
    """Give every buyer that is searched for as a row, a page of them per transaction."""
    after: UUID | None = None
    while True:
        with parts.database.transaction(maker_id) as session:
            found = search_buyers(session, replace_after(search, after))
            codes = {term.id: term.code for term in list_trade_terms(session)}
            known = list(with_parts(session, [buyer for buyer, _ in found.rows]))
        yield from (file_row(each, term_codes=codes) for each in known)
        after = found.next_after
        if after is None:
            return


def replace_after(search: Search, after: UUID | None) -> Search:
    return Search(
        brand_ids=search.brand_ids,
        text=search.text,
        kind=search.kind,
        tag=search.tag,
        after=after,
        limit=search.limit,
    )
