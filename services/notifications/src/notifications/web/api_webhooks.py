"""Webhooks for integrators: /api/notifications/v1/webhooks."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.web.auth import current_staff, staff_for
from notifications.deps import deps
from notifications.domain.webhooks import TYPES
from notifications.gateways.brands import read_brands
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint
from notifications.store.webhooks import list_deliveries, list_endpoints
from notifications.usecases.create_endpoint import create_endpoint
from notifications.usecases.replay_events import replay_events, send_test
from notifications.usecases.resume_endpoint import pause_endpoint, resume_endpoint
from notifications.web.webhooks import own_endpoint, writer

bp = Blueprint("notifications_webhooks_api", __name__, url_prefix="/webhooks")


class WebhookSchema(Schema):
    id = fields.UUID(dump_only=True)
    brand_id = fields.UUID(required=True)
    url = fields.String(required=True, validate=validate.Length(max=2000))
    types = fields.List(fields.String(validate=validate.OneOf(list(TYPES.values()))), required=True)
    paused_at = fields.AwareDateTime(dump_only=True, allow_none=True)
    pause_reason = fields.String(dump_only=True, allow_none=True)
    secret = fields.String(dump_only=True)
    """In the answer that makes it, and in no other."""


class DeliveryOut(Schema):
    id = fields.UUID()
    event_id = fields.UUID()
    order_id = fields.UUID()
    type = fields.String()
    sequence = fields.Integer()
    reason = fields.String()
    state = fields.String()
    attempts = fields.Integer()
    request = fields.Dict(allow_none=True)
    answer = fields.Dict(allow_none=True)
    body = fields.String()
    changed_at = fields.AwareDateTime()


class BeforeIn(Schema):
    before = fields.UUID(load_default=None)


class ReplayIn(Schema):
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True)


class CountOut(Schema):
    count = fields.Integer()


class PausedIn(Schema):
    is_paused = fields.Boolean(required=True)


@bp.get("")
@bp.response(200, WebhookSchema(many=True, exclude=["secret"]))
def index_webhooks() -> list[WebhookEndpoint]:
    """List the webhooks of the brands that you may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return list(list_endpoints(session, staff.brand_ids))


@bp.post("")
@bp.arguments(WebhookSchema)
@bp.response(201, WebhookSchema)
def create_webhook(wanted: dict[str, Any]) -> dict[str, Any]:
    """Add a webhook; the answer holds its secret, once."""
    staff = staff_for(wanted["brand_id"], write=True)
    [brand] = read_brands(deps().peers, [wanted["brand_id"]])
    with deps().database.transaction(staff.maker_id) as session:
        made = create_endpoint(
            session,
            maker_id=staff.maker_id,  # type: ignore[arg-type]
            brand=brand,
            url=wanted["url"],
            types=wanted["types"],
            allow_loopback=deps().teller.allow_loopback,
        )
    return {**wanted, "id": made.id, "secret": deps().teller.secret_of(made.id, 1)}


@bp.put("/<uuid:endpoint_id>/pause")
@bp.arguments(PausedIn)
@bp.response(200, WebhookSchema(exclude=["secret"]))
def replace_pause(wanted: dict[str, Any], endpoint_id: UUID) -> WebhookEndpoint:
    """Pause or resume it; events wait meanwhile."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        (pause_endpoint if wanted["is_paused"] else resume_endpoint)(session, endpoint)
        session.flush()
        session.refresh(endpoint)
        return endpoint


@bp.delete("/<uuid:endpoint_id>")
@bp.response(204)
def delete_webhook(endpoint_id: UUID) -> None:
    """Remove it, and all that was not told yet."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        session.delete(own_endpoint(session, staff, endpoint_id))


@bp.get("/<uuid:endpoint_id>/deliveries")
@bp.arguments(BeforeIn, location="query")
@bp.response(200, DeliveryOut(many=True))
def index_deliveries(asked: dict[str, Any], endpoint_id: UUID) -> list[WebhookDelivery]:
    """List what was told, newest first, 50 at a time; `before` is the last id of the page before."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        own_endpoint(session, staff, endpoint_id)
        return list(list_deliveries(session, endpoint_id, before=asked["before"]))


@bp.post("/<uuid:endpoint_id>/tests")
@bp.response(202, DeliveryOut)
def create_test(endpoint_id: UUID) -> WebhookDelivery:
    """Send something to try; it is told once."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        return send_test(session, endpoint, now=deps().now())


@bp.post("/<uuid:endpoint_id>/replays")
@bp.arguments(ReplayIn)
@bp.response(202, CountOut)
def create_replay(asked: dict[str, Any], endpoint_id: UUID) -> dict[str, int]:
    """Tell again what happened in that time, at most thirty days back."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        return {"count": replay_events(session, endpoint, **asked, now=deps().now())}
