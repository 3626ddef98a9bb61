"""The JSON API: orders, for staff and their API keys."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from checkout.deps import deps
from checkout.store.models import Order
from checkout.store.orders import get_order, list_orders
from checkout.web.schemas import OrderDetailOut, OrderListOut, OrdersQuery
from common.web.auth import current_staff, staff_for

bp = Blueprint("api_orders", __name__, url_prefix="/orders", description="Orders")


@bp.get("")
@bp.arguments(OrdersQuery, location="query")
@bp.response(200, OrderListOut)
def list_api_orders(query: dict[str, Any]) -> dict[str, Any]:
    """List orders, newest first; `older` is the `before` of the next page."""
    staff = current_staff()
    brand_id = query.get("brand_id")
    brand_ids = (brand_id,) if brand_id and staff_for(brand_id) else staff.brand_ids
    with deps().database.transaction(staff.maker_id) as session:
        page = list_orders(
            session,
            brand_ids=brand_ids,
            number=query.get("number", ""),
            before=query.get("before"),
            size=query["limit"],
        )
    return {"orders": page.orders, "older": page.older}


@bp.get("/<uuid:order_id>")
@bp.response(200, OrderDetailOut)
def show_api_order(order_id: UUID) -> Order:
    """Show one order with its lines, taxes, shipping and address."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return get_order(session, order_id, brand_ids=staff.brand_ids)
