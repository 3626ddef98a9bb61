"""The JSON API of card payment: settings and payments."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from checkout.deps import deps
from checkout.domain.payment import CardSettings
from checkout.store.brands import card_settings
from checkout.store.payments import list_payments
from checkout.usecases.keep_card_settings import (
    disconnect_account,
    set_add_on,
    set_commerce_page,
)
from checkout.web.editing import editor_for
from checkout.web.payment_settings.connecting import connect, look_again
from checkout.web.payment_settings.schemas import (
    BrandQuery,
    CardSettingsIn,
    CardSettingsListOut,
    CardSettingsOut,
    PaymentsOut,
)
from common.web.auth import current_staff, staff_for

bp = Blueprint("api_card_payment", __name__, url_prefix="/card-payment", description="Card payment")


@bp.get("")
@bp.arguments(BrandQuery, location="query")
@bp.response(200, CardSettingsListOut)
def list_settings(query: dict[str, Any]) -> dict[str, Any]:
    """Say how each brand can take cards, and what is missing."""
    staff, brand_ids = current_staff(), _brands(query)
    with deps().database.transaction(staff.maker_id) as session:
        found = [(brand, card_settings(session, brand_id=brand)) for brand in brand_ids]
    return {"card_payment": [_shown(brand, card) for brand, card in found]}


@bp.put("/<uuid:brand_id>")
@bp.arguments(CardSettingsIn)
@bp.response(200, CardSettingsOut)
def update_settings(sent: dict[str, Any], brand_id: UUID) -> dict[str, Any]:
    """Replace a brand's settings; Stripe is asked about the account."""
    maker_id, by = _maker_of(brand_id), editor_for(brand_id)
    with deps().database.transaction(maker_id) as session:
        url = sent["commerce_page_url"] or ""
        set_commerce_page(session, url, brand_id=brand_id, maker_id=maker_id, by=by)
        is_active = sent["is_active"]
        set_add_on(session, is_active=is_active, brand_id=brand_id, maker_id=maker_id, by=by)
        if sent["account_id"] is None:
            disconnect_account(session, brand_id=brand_id, maker_id=maker_id, by=by)
    if sent["account_id"] is not None:
        connect(sent["account_id"], brand_id=brand_id, maker_id=maker_id, by=by)
    return _read(brand_id, maker_id)


@bp.post("/<uuid:brand_id>/looks")
@bp.response(200, CardSettingsOut)
def create_look(brand_id: UUID) -> dict[str, Any]:
    """Ask Stripe how the account stands now."""
    maker_id = _maker_of(brand_id)
    look_again(brand_id=brand_id, maker_id=maker_id)
    return _read(brand_id, maker_id)


@bp.get("/payments")
@bp.arguments(BrandQuery, location="query")
@bp.response(200, PaymentsOut)
def list_api_payments(query: dict[str, Any]) -> dict[str, Any]:
    """List the newest 50 card payments, also those that were given back or never paid."""
    staff, brand_ids = current_staff(), _brands(query)
    with deps().database.transaction(staff.maker_id) as session:
        return {"payments": list_payments(session, brand_ids=brand_ids)}


def _brands(query: dict[str, Any]) -> tuple[UUID, ...]:
    asked = query.get("brand_id")
    return (asked,) if asked and staff_for(asked) else current_staff().brand_ids


def _maker_of(brand_id: UUID) -> UUID:
    maker_id = staff_for(brand_id, write=True).maker_id
    assert maker_id is not None  # noqa: S101 - staff always has one.
    return maker_id


def _read(brand_id: UUID, maker_id: UUID) -> dict[str, Any]:
    with deps().database.transaction(maker_id) as session:
        return _shown(brand_id, card_settings(session, brand_id=brand_id))


def _shown(brand_id: UUID, card: CardSettings) -> dict[str, Any]:
    return {
        "brand_id": brand_id,
        "is_active": card.add_on,
        "account_id": card.account_id,
        "details_submitted": card.details_submitted,
        "charges_enabled": card.charges_enabled,
        "payouts_enabled": card.payouts_enabled,
        "commerce_page_url": card.commerce_page_url,
        "missing": card.missing,
        "is_offered": card.can_take_cards,
    }
