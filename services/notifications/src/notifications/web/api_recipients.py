"""Recipients and switches for integrators: /api/notifications/v1/recipients, …/switches."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.translations import LANGUAGES
from common.web.auth import current_staff, staff_for
from notifications.deps import deps
from notifications.domain.kinds import WITH_SWITCH
from notifications.store.models import Recipient
from notifications.store.recipients import get_recipient, list_recipients
from notifications.store.switches import list_switched_off
from notifications.usecases.add_recipient import add_recipient
from notifications.usecases.put_switch import put_switch
from notifications.web.viewer import writer_for

bp = Blueprint("notifications_recipients_api", __name__, url_prefix="/recipients")
switches = Blueprint("notifications_switches_api", __name__, url_prefix="/switches")


class RecipientSchema(Schema):
    id = fields.UUID(dump_only=True)
    brand_id = fields.UUID(load_default=None, allow_none=True)
    """None: the maker's, which hears of every brand's orders."""
    email = fields.Email(required=True)
    language = fields.String(load_default="en", validate=validate.OneOf(LANGUAGES))


class BrandIn(Schema):
    brand_id = fields.UUID(required=True)


class SwitchSchema(Schema):
    brand_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(WITH_SWITCH))
    is_on = fields.Boolean(required=True)


@bp.get("")
@bp.arguments(BrandIn, location="query")
@bp.response(200, RecipientSchema(many=True))
def index_recipients(asked: dict[str, Any]) -> list[Recipient]:
    """List who hears of the brand's orders: its own addresses, then the maker's."""
    staff = staff_for(asked["brand_id"])
    with deps().database.transaction(staff.maker_id) as session:
        return list(list_recipients(session, brand_id=asked["brand_id"]))


@bp.post("")
@bp.arguments(RecipientSchema)
@bp.response(201, RecipientSchema)
def create_recipient(wanted: dict[str, Any]) -> Recipient:
    """Add an address; a brand has at most five of its own (R191)."""
    staff = writer_for(wanted["brand_id"])
    with deps().database.transaction(staff.maker_id) as session:
        return add_recipient(session, maker_id=staff.maker_id, **wanted)  # type: ignore[arg-type]


@bp.delete("/<uuid:recipient_id>")
@bp.response(204)
def delete_recipient(recipient_id: UUID) -> None:
    """Remove an address."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        recipient = get_recipient(session, recipient_id)
        writer_for(recipient.brand_id)
        session.delete(recipient)


@switches.get("")
@switches.arguments(BrandIn, location="query")
@switches.response(200, SwitchSchema(many=True))
def index_switches(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List which kinds of mail the brand sends."""
    staff = staff_for(asked["brand_id"])
    with deps().database.transaction(staff.maker_id) as session:
        off = list_switched_off(session, brand_id=asked["brand_id"])
    return [{**asked, "kind": kind, "is_on": kind not in off} for kind in WITH_SWITCH]


@switches.put("")
@switches.arguments(SwitchSchema)
@switches.response(200, SwitchSchema)
def replace_switch(wanted: dict[str, Any]) -> dict[str, Any]:
    """Switch a kind of mail on or off; mails that are planned already still go."""
    staff = writer_for(wanted["brand_id"])
    with deps().database.transaction(staff.maker_id) as session:
        put_switch(session, maker_id=staff.maker_id, **wanted)  # type: ignore[arg-type]
    return wanted
