"""Catalogs for integrators: made, changed, filled and granted through the pages' own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import fields, validate
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.domain.catalog_rules import STATUSES, CatalogDraft
from catalog.gateways.checkout import read_ordering
from catalog.gateways.identity import read_brand
from catalog.store.catalogs import CatalogNotFound, list_catalogs
from catalog.store.editing import list_granted, list_product_ids, lock_catalog
from catalog.store.models import Catalog
from catalog.usecases.arrange_products import replace_products
from catalog.usecases.copy_catalog import copy_catalog
from catalog.usecases.delete_catalog import delete_catalog
from catalog.usecases.grant_access import grant_access, revoke_access
from catalog.usecases.save_catalog import check_draft, create_catalog, update_catalog
from catalog.web.api_schemas import CopyIn, IfMatch, StrictSchema, WordIn, texts
from catalog.web.api_versions import demanded_version, etag_of
from catalog.web.staff.access import demand_buyers
from catalog.web.staff.room import maker_of, remember, writing_staff
from common.web.auth import current_staff, staff_for

bp = Blueprint("catalogs_api", __name__, url_prefix="/catalogs", description="Catalogs")
Tagged = tuple[Catalog, int, Headers]


class ShippingRow(StrictSchema):
    currency = fields.String(required=True, validate=validate.Length(equal=3))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Length(equal=2))
    rate_group_id = fields.String(required=True)


class CatalogReplaced(StrictSchema):
    names = texts(required=True)
    descriptions = texts(load_default=dict)
    code = fields.String(load_default=None, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    open_at = fields.AwareDateTime(load_default=None, allow_none=True)
    order_deadline_at = fields.AwareDateTime(load_default=None, allow_none=True)
    payment_methods = fields.List(fields.String(), required=True)
    address_shown = fields.Boolean(load_default=True)
    shipping_rows = fields.List(fields.Nested(ShippingRow), load_default=list)


class CatalogIn(CatalogReplaced):
    brand_id = fields.UUID(required=True)


class WholeCatalogOut(CatalogIn):
    id = fields.UUID()


class IdsIn(StrictSchema):
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=2000))


class IdsOut(IdsIn):
    """The same, answered."""


@bp.post("")
@bp.arguments(CatalogIn)
@bp.response(201, WholeCatalogOut)
def create_catalog_by_api(sent: dict[str, Any]) -> Tagged:
    """Make a catalog without products. Naive dates are refused."""
    brand_id = sent.pop("brand_id")
    staff = staff_for(brand_id, write=True)
    maker_id, brand = maker_of(staff), read_brand(deps().peers, brand_id)
    draft = _checked(sent, brand_id)
    with deps().database.transaction(maker_id) as session:
        made = create_catalog(session, draft, maker_id=maker_id, brand_id=brand_id)
    remember(brand_id, maker_id, brand)
    return made, 201, etag_of(made.version)


@bp.get("/<uuid:catalog_id>")
@bp.response(200, WholeCatalogOut)
def read_catalog_by_api(catalog_id: UUID) -> Tagged:
    """Read one catalog. Another brand's is not there."""
    found = _own(catalog_id)
    return found, 200, etag_of(found.version)


@bp.put("/<uuid:catalog_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(CatalogReplaced)
@bp.response(200, WholeCatalogOut)
def replace_catalog_by_api(sent: dict[str, Any], catalog_id: UUID, **_headers: Any) -> Tagged:
    """Replace a catalog's settings; its products, grants and rates stay."""
    staff, version = writing_staff(), demanded_version()
    draft = _checked(sent, _own(catalog_id).brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        update_catalog(session, locked, draft, version=version)
    return locked, 200, etag_of(locked.version)


@bp.delete("/<uuid:catalog_id>")
@bp.arguments(WordIn)
@bp.response(204)
def delete_catalog_by_api(sent: dict[str, str], catalog_id: UUID) -> None:
    """Delete a catalog for ever; the word is `confirm` (R77)."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        delete_catalog(session, locked, word=sent["word"], now=deps().now())


@bp.post("/<uuid:catalog_id>/copies")
@bp.arguments(CopyIn)
@bp.response(201, WholeCatalogOut)
def copy_catalog_by_api(sent: dict[str, Any], catalog_id: UUID) -> Tagged:
    """Make a copy: closed, without code and without anybody's access."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        copy = copy_catalog(session, locked, names=dict(sent["names"] or locked.names))
    return copy, 201, etag_of(copy.version)


@bp.get("/<uuid:catalog_id>/products")
@bp.response(200, IdsOut)
def list_catalog_products(catalog_id: UUID) -> dict[str, Any]:
    """List the catalog's products in their order."""
    found = _own(catalog_id)
    with deps().database.transaction(found.maker_id) as session:
        return {"ids": list_product_ids(session, catalog_id)}


@bp.put("/<uuid:catalog_id>/products")
@bp.arguments(IdsIn)
@bp.response(200, IdsOut)
def put_catalog_products(sent: dict[str, Any], catalog_id: UUID) -> dict[str, Any]:
    """Let the catalog have exactly these products in this order."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        replace_products(session, locked, sent["ids"])
        return {"ids": list_product_ids(session, catalog_id)}


@bp.put("/<uuid:catalog_id>/grants")
@bp.arguments(IdsIn)
@bp.response(200, IdsOut)
def put_grants(sent: dict[str, Any], catalog_id: UUID) -> dict[str, Any]:
    """Let exactly these buyers see a Limited catalog (R71, R72)."""
    staff, wished = writing_staff(), set(sent["ids"])
    demand_buyers(_own(catalog_id).brand_id, list(wished))
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        there = set(list_granted(session, catalog_id))
        grant_access(session, locked, wished - there)
        revoke_access(session, locked, there - wished)
    return {"ids": sorted(wished)}


def _own(catalog_id: UUID) -> Catalog:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids, catalog_ids=[catalog_id])
    if not found:
        raise CatalogNotFound("There is no such catalog.")
    return found[0].catalog


def _checked(sent: dict[str, Any], brand_id: UUID) -> CatalogDraft:
    lists = {name: tuple(sent[name]) for name in ("payment_methods", "shipping_rows")}
    draft = CatalogDraft(**(sent | lists))
    check_draft(draft, read_ordering(deps().peers, brand_id))
    return draft
