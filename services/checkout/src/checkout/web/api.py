"""The JSON API: orders, for staff and their API keys."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from checkout.deps import deps
from checkout.store.models import Order
from checkout.store.order_search import Wanted, search_orders
from checkout.store.orders import get_order
from checkout.usecases.add_address import add_address
from checkout.usecases.keep_order_note import keep_order_note
from checkout.web.deliveries import deliveries_of
from checkout.web.editing import current_editor
from checkout.web.retrying import retry_failed
from checkout.web.schemas import (
    AddressIn,
    Listed,
    NoteIn,
    OrderDetailOut,
    OrderListOut,
    OrdersQuery,
    RetriesIn,
    RetriesOut,
)
from common.addresses import read_address
from common.web.auth import current_staff, demand_write, staff_for

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
        wanted = Wanted(
            brand_ids=brand_ids,
            number=query.get("number", ""),
            state=query.get("state"),
            upload=query.get("upload"),
            link_id=query.get("link_id"),
            since=query.get("since"),
            until=query.get("until"),
            before=query.get("before"),
            size=query["limit"],
        )
        page = search_orders(session, wanted)
    ledgers = deliveries_of(page.orders, maker_id=staff.maker_id)
    return {"orders": [Listed(each, ledgers[each.id]) for each in page.orders], "older": page.older}


@bp.post("/retries")
@bp.arguments(RetriesIn)
@bp.response(200, RetriesOut)
def create_api_retries(sent: dict[str, Any]) -> dict[str, int]:
    """Try whatever failed of these orders again; repeating delivers nothing twice."""
    staff = current_staff()
    demand_write(staff)
    return {"orders_tried": retry_failed(sent["order_ids"], staff)}


@bp.get("/<uuid:order_id>")
@bp.response(200, OrderDetailOut)
def show_api_order(order_id: UUID) -> Order:
    """Show one order with its lines, taxes, shipping and address."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return get_order(session, order_id, brand_ids=staff.brand_ids)


@bp.put("/<uuid:order_id>/address")
@bp.arguments(AddressIn)
@bp.response(200, OrderDetailOut)
def update_api_address(sent: dict[str, str], order_id: UUID) -> Order:
    """Add or correct the address (R111); an upload that waited for it starts by itself (R184)."""
    by = current_editor()
    address = read_address(sent)
    with deps().database.transaction(current_staff().maker_id) as session:
        return add_address(session, order_id, address, by=by)


@bp.put("/<uuid:order_id>/internal-note")
@bp.arguments(NoteIn)
@bp.response(200, OrderDetailOut)
def update_api_note(sent: dict[str, str], order_id: UUID) -> Order:
    """Keep the brand's own note, which no buyer sees."""
    by = current_editor()
    with deps().database.transaction(current_staff().maker_id) as session:
        return keep_order_note(session, order_id, sent["internal_note"], by=by)
