"""Rates of single buyers for integrators, through the page's own use cases (R59)."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from catalog.deps import deps
from catalog.domain.typed_rate import KINDS, read_rate
from catalog.store.editing import list_product_ids
from catalog.store.models import RateOverride
from catalog.store.overrides import list_overrides_of
from catalog.usecases.set_rate import RateWish, remove_rate, set_rate
from catalog.web.api_schemas import StrictSchema
from catalog.web.staff.access import demand_buyers
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import writing_staff
from common.web.auth import current_staff

bp = Blueprint("rates_api", __name__, url_prefix="/catalogs", description="Rates of single buyers")
RATES = "/<uuid:catalog_id>/rates"


class RateIn(StrictSchema):
    buyer_id = fields.UUID(required=True)
    product_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "A product of the catalog; null: all of them."},
    )
    is_everywhere = fields.Boolean(
        load_default=False,
        metadata={"description": "With a product: in every catalog that it is in."},
    )
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    value = fields.String(
        required=True,
        validate=validate.Length(max=20),
        metadata={"description": "Above 0 to 10, or percent 0 to 100; at most 4 decimals."},
    )


class RateOut(Schema):
    id = fields.UUID()
    buyer_id = fields.UUID()
    catalog_id = fields.UUID(
        allow_none=True, metadata={"description": "null: wherever the product is."}
    )
    product_id = fields.UUID(allow_none=True)
    kind = fields.String()
    value = fields.String()


class RatesOut(Schema):
    rates = fields.List(fields.Nested(RateOut))


@bp.get(RATES)
@bp.response(200, RatesOut)
def list_rates_by_api(catalog_id: UUID) -> dict[str, Any]:
    """List the rates that buyers have on the catalog and its products, here or everywhere."""
    catalog = own_catalog(current_staff(), catalog_id).catalog
    with deps().database.transaction(catalog.maker_id) as session:
        product_ids = list_product_ids(session, catalog_id)
        rows = list_overrides_of(session, catalog_id=catalog_id, product_ids=product_ids)
        return {"rates": [_rate(each) for each in rows]}


@bp.put(RATES)
@bp.arguments(RateIn)
@bp.response(200, RateOut)
def put_rate_by_api(sent: dict[str, Any], catalog_id: UUID) -> dict[str, Any]:
    """Set one buyer's rate; the one before it there is replaced, so repeating changes nothing."""
    catalog = own_catalog(writing_staff(), catalog_id).catalog
    wish = RateWish(**sent | {"value": read_rate(sent["kind"], sent["value"])})
    demand_buyers(catalog.brand_id, [wish.buyer_id])
    with deps().database.transaction(catalog.maker_id) as session:
        return _rate(set_rate(session, catalog, wish))


@bp.delete(f"{RATES}/<uuid:override_id>")
@bp.response(204)
def remove_rate_by_api(catalog_id: UUID, override_id: UUID) -> None:
    """Take a rate away, so that the next one of R59 applies."""
    catalog = own_catalog(writing_staff(), catalog_id).catalog
    with deps().database.transaction(catalog.maker_id) as session:
        remove_rate(session, catalog, override_id)


def _rate(row: RateOverride) -> dict[str, Any]:
    names = ("id", "buyer_id", "catalog_id", "product_id", "kind")
    return {name: getattr(row, name) for name in names} | {"value": f"{row.value.normalize():f}"}
