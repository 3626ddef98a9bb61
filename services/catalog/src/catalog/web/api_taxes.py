"""Taxes for integrators: /api/catalog/v1/taxes, through the pages' own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.domain.pricing import ROUNDING
from catalog.domain.tax_rules import TaxDraft
from catalog.store.taxes import list_taxes, lock_tax
from catalog.usecases.save_tax import check_tax, create_tax, delete_tax, update_tax
from catalog.web.api_schemas import IfMatch, StrictSchema, WordIn, texts
from catalog.web.api_versions import demanded_version, etag_of
from catalog.web.staff.room import maker_of, writing_staff
from catalog.web.staff.taxes import COUNTRIES
from common.web.auth import current_staff, staff_for

bp = Blueprint("taxes_api", __name__, url_prefix="/taxes", description="Taxes")
Tagged = tuple[Any, int, Headers]


class TaxReplaced(StrictSchema):
    names = texts(required=True)
    country = fields.String(required=True, validate=validate.Length(equal=2))
    percent = fields.Decimal(required=True, as_string=True)
    is_reduced = fields.Boolean(load_default=False)
    rounding = fields.String(required=True, validate=validate.OneOf(list(ROUNDING)))


class TaxIn(TaxReplaced):
    brand_id = fields.UUID(required=True)


class TaxOut(TaxIn):
    id = fields.UUID()


class TaxesOut(Schema):
    taxes = fields.List(fields.Nested(TaxOut))


@bp.get("")
@bp.response(200, TaxesOut)
def index_taxes_by_api() -> dict[str, Any]:
    """List the taxes of the brands that the caller may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return {"taxes": list_taxes(session, brand_ids=staff.brand_ids)}


@bp.post("")
@bp.arguments(TaxIn)
@bp.response(201, TaxOut)
def create_tax_by_api(sent: dict[str, Any]) -> Tagged:
    """Make a tax; it is added where its country is the buyer's."""
    brand_id = sent.pop("brand_id")
    staff, draft = staff_for(brand_id, write=True), TaxDraft(**sent)
    check_tax(draft, countries=COUNTRIES)
    with deps().database.transaction(staff.maker_id) as session:
        tax = create_tax(session, draft, maker_id=maker_of(staff), brand_id=brand_id)
    return tax, 201, etag_of(tax.version)


@bp.put("/<uuid:tax_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(TaxReplaced)
@bp.response(200, TaxOut)
def replace_tax_by_api(sent: dict[str, Any], tax_id: UUID, **_headers: Any) -> Tagged:
    """Replace a tax; orders that were placed keep theirs."""
    staff, draft, version = writing_staff(), TaxDraft(**sent), demanded_version()
    check_tax(draft, countries=COUNTRIES)
    with deps().database.transaction(staff.maker_id) as session:
        tax = lock_tax(session, tax_id, brand_ids=staff.brand_ids)
        update_tax(session, tax, draft, version=version)
    return tax, 200, etag_of(tax.version)


@bp.delete("/<uuid:tax_id>")
@bp.arguments(WordIn)
@bp.response(204)
def delete_tax_by_api(sent: dict[str, str], tax_id: UUID) -> None:
    """Delete a tax that no product carries; the word is `confirm`."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        tax = lock_tax(session, tax_id, brand_ids=staff.brand_ids)
        delete_tax(session, tax, word=sent["word"])
