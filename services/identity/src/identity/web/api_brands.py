"""/api/identity/v1/settings/brands: the maker's brands that one sees: added and renamed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from common.web.auth import current_staff, staff_for
from identity.deps import deps
from identity.store.brands import get_brand, list_brand_page
from identity.store.models import Brand
from identity.store.own_sessions import list_copies_of_staff
from identity.usecases.keep_brands import add_brand, rename_brand
from identity.web.api_tags import IfMatch, demand_tag, tagged
from identity.web.managers import current_manager_or_key, manager_of
from identity.web.settings_schemas import (
    BrandNameIn,
    BrandOut,
    BrandsOut,
    BrandsQuery,
    NewBrandIn,
)

bp = Blueprint("brands_api", __name__, url_prefix="/settings/brands")
Shown = tuple[dict[str, Any], int, Headers]


@bp.get("")
@bp.arguments(BrandsQuery, location="query")
@bp.response(HTTPStatus.OK, BrandsOut)
def get_brands(asked: dict[str, Any]) -> dict[str, Any]:
    """List the brands that you see, oldest first"""
    staff, limit = current_staff(), asked["limit"]
    with deps().database.transaction(staff.maker_id) as session:
        rows = list_brand_page(session, staff.brand_ids, after=asked["after"], limit=limit)
    page = rows[:limit]
    return {
        "brands": [_brand(row) for row in page],
        "next_after": page[-1].id if len(rows) > limit else None,
    }


@bp.post("")
@bp.arguments(NewBrandIn)
@bp.response(HTTPStatus.CREATED, BrandOut)
def post_brand(asked: dict[str, Any]) -> Shown:
    """Add a brand; whoever sees all brands sees it, but no key, each being of one brand"""
    staff = current_manager_or_key()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        brand = add_brand(session, asked["name"], asked["code"], manager=manager, now=deps().now())
        shown, copies = _brand(brand), list_copies_of_staff(session)
    deps().copies.renew(copies)
    place = f"/api/identity/v1/settings/brands/{shown['brand_id']}"
    return shown, HTTPStatus.CREATED, tagged(shown, Location=place)


@bp.get("/<uuid:brand_id>")
@bp.response(HTTPStatus.OK, BrandOut)
def get_one(brand_id: UUID) -> Shown:
    """Get a brand; the ETag is for renaming it"""
    staff = staff_for(brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        shown = _read(session, brand_id)
    return shown, HTTPStatus.OK, tagged(shown)


@bp.put("/<uuid:brand_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(BrandNameIn)
@bp.response(HTTPStatus.OK, BrandOut)
@bp.alt_response(HTTPStatus.PRECONDITION_FAILED, description="Changed since you read it.")
@bp.alt_response(HTTPStatus.PRECONDITION_REQUIRED, description="If-Match is missing.")
def put_brand(asked: dict[str, Any], brand_id: UUID, **_header: str) -> Shown:
    """Give a brand another name"""
    staff_for(brand_id)
    staff = current_manager_or_key()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        demand_tag(_read(session, brand_id))
        name, now = asked["name"], deps().now()
        shown = _brand(rename_brand(session, brand_id, name, manager=manager, now=now))
    return shown, HTTPStatus.OK, tagged(shown)


def _read(session: Session, brand_id: UUID) -> dict[str, Any]:
    return _brand(get_brand(session, brand_id))


def _brand(brand: Brand) -> dict[str, Any]:
    return {"brand_id": brand.id, "name": brand.name, "code": brand.code}
