"""/api/identity/v1/buyers: buyers for programs, within the brands that the caller may see."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.errors import NotFound
from common.web.auth import current_staff
from identity.deps import deps
from identity.store.buyer_list import Search, search_buyers
from identity.store.buyers import BuyerNotFound, find_buyer
from identity.store.models import Buyer
from identity.usecases.describe_buyer import describe_terms

bp = Blueprint("buyers_api", __name__, url_prefix="/buyers", description="Buyers of your brands")


class BuyersQuery(Schema):
    brand_id = fields.UUID(load_default=None, metadata={"description": "One of your brands."})
    q = fields.String(load_default="", metadata={"description": "Name, code or e-mail."})
    kind = fields.String(load_default=None, validate=validate.OneOf(["offline", "connected"]))
    after = fields.UUID(
        load_default=None, metadata={"description": "`next_after` of the page before."}
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class RateOut(Schema):
    kind = fields.String(required=True)
    value = fields.String(required=True)


class TermsOut(Schema):
    trade_term_id = fields.UUID(required=True)
    currency = fields.String(required=True)
    language = fields.String(required=True)
    country = fields.String(required=True)
    rate = fields.Nested(RateOut, required=True)
    deposit_percent = fields.String(allow_none=True)
    payment_terms = fields.String(allow_none=True)


class BuyerOut(Schema):
    buyer_id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    unique_code = fields.String(required=True)
    customer_code = fields.String(allow_none=True)
    name = fields.String(required=True)
    is_company = fields.Boolean(required=True)
    contact_email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    tags = fields.List(fields.String())
    has_link_login = fields.Boolean(required=True)
    has_passcode = fields.Boolean(required=True)
    terms = fields.Nested(TermsOut, required=True)


class BuyersOut(Schema):
    buyers = fields.List(fields.Nested(BuyerOut), required=True)
    next_after = fields.UUID(allow_none=True)


@bp.get("")
@bp.arguments(BuyersQuery, location="query")
@bp.response(HTTPStatus.OK, BuyersOut)
def list_buyers(asked: dict[str, Any]) -> dict[str, Any]:
    """List buyers, newest first"""
    staff = current_staff()
    brand_id = asked["brand_id"]
    if brand_id and brand_id not in staff.brand_ids:
        raise NotFound("There is no such brand.")
    search = Search(
        brand_ids=[brand_id] if brand_id else staff.brand_ids,
        text=asked["q"],
        kind=asked["kind"],
        after=asked["after"],
        limit=asked["limit"],
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = search_buyers(session, search)
    return {"buyers": [_shown(buyer) for buyer, _ in found.rows], "next_after": found.next_after}


@bp.get("/<uuid:buyer_id>")
@bp.response(HTTPStatus.OK, BuyerOut)
def get_buyer(buyer_id: UUID) -> dict[str, Any]:
    """Get one buyer"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = find_buyer(session, buyer_id)
    if buyer is None or buyer.brand_id not in staff.brand_ids:
        raise BuyerNotFound("There is no such buyer.")
    return _shown(buyer)


def _shown(buyer: Buyer) -> dict[str, Any]:
    return {
        "buyer_id": buyer.id,
        "brand_id": buyer.brand_id,
        "version": buyer.version,
        "kind": buyer.kind,
        "unique_code": buyer.unique_code,
        "customer_code": buyer.customer_code,
        "name": buyer.name,
        "is_company": buyer.is_company,
        "contact_email": buyer.contact_email,
        "phone": buyer.phone,
        "tags": list(buyer.tags),
        "has_link_login": buyer.login_hash is not None,
        "has_passcode": buyer.passcode_hash is not None,
        "terms": describe_terms(buyer),
    }
