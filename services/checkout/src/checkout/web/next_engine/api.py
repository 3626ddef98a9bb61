"""The JSON API of NEXT ENGINE: how each brand stands, and ending it. Connecting needs a browser."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from checkout.deps import deps
from checkout.usecases.connect_next_engine import choose_encoding, disconnect_next_engine
from checkout.web.editing import editor_of, maker_of
from checkout.web.next_engine.schemas import EncodingIn, NextEngineQuery, StandingListOut
from checkout.web.next_engine.standing import Standing, standing_of
from common.web.auth import current_staff, staff_for

bp = Blueprint("api_next_engine", __name__, url_prefix="/next-engine", description="NEXT ENGINE")


@bp.get("")
@bp.arguments(NextEngineQuery, location="query")
@bp.response(200, StandingListOut)
def list_standings(query: dict[str, Any]) -> dict[str, Any]:
    """Say for each brand where its orders go and how long the sign-in lasts."""
    staff, asked, now = current_staff(), query.get("brand_id"), deps().now()
    brand_ids = (asked,) if asked and staff_for(asked) else staff.brand_ids
    with deps().database.transaction(staff.maker_id) as session:
        found = [(each, standing_of(session, each, now=now)) for each in brand_ids]
    return {"next_engine": [_shown(brand, standing) for brand, standing in found]}


@bp.delete("/<uuid:brand_id>")
@bp.response(204)
def delete_connection(brand_id: UUID) -> None:
    """Upload no more orders of the brand; repeating changes nothing."""
    staff = staff_for(brand_id, write=True)
    with deps().database.transaction(staff.maker_id) as session:
        disconnect_next_engine(
            session, maker_id=maker_of(staff), brand_id=brand_id, by=editor_of(staff)
        )


@bp.put("/<uuid:brand_id>/encoding")
@bp.arguments(EncodingIn)
@bp.response(204)
def update_encoding(sent: dict[str, Any], brand_id: UUID) -> None:
    """Choose how the brand's files are written: cp932 (safe) or utf-8."""
    staff = staff_for(brand_id, write=True)
    with deps().database.transaction(staff.maker_id) as session:
        choose_encoding(
            session,
            sent["encoding"],
            maker_id=maker_of(staff),
            brand_id=brand_id,
            by=editor_of(staff),
        )


def _shown(brand_id: UUID, standing: Standing) -> dict[str, Any]:
    shop = standing.shop
    named = ("company_id", "company_name", "shop_id", "pattern_id", "last_call_at", "last_error")
    return {
        "brand_id": brand_id,
        "state": standing.state,
        "waiting_uploads": standing.waiting,
        "csv_encoding": (shop.csv_encoding or deps().settings.next_engine_encoding)
        if shop
        else None,
        "sign_in_ends_at": shop.refresh_ends_at if shop else None,
    } | {name: getattr(shop, name) if shop else None for name in named}
