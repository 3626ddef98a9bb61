"""/api/identity/v1/buyers: buyers for programs, within the brands that the caller may see."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from common.errors import NotFound
from common.ids import new_id
from common.web.auth import current_staff, staff_for
from identity.deps import deps
from identity.domain.buyer_details import read_details
from identity.store.buyer_list import Search, search_buyers
from identity.store.choices import read_choices
from identity.store.own_buyers import get_own_buyer
from identity.usecases.create_buyer import NewBuyer, create_buyer
from identity.usecases.delete_buyers import delete_buyer, delete_buyers
from identity.usecases.edit_buyer import BuyerChanged, edit_buyer
from identity.web.api_tags import IfMatch, sent_tag
from identity.web.buyer_json import given_of, shown_buyer
from identity.web.buyer_schemas import (
    BuyerOut,
    BuyersOut,
    BuyersQuery,
    DeletionsIn,
    DeletionsOut,
    DetailsIn,
    NewBuyerIn,
    NewBuyerOut,
)
from identity.web.staff import current_editor
from identity.web.ways_in import read_wishes

bp = Blueprint("buyers_api", __name__, url_prefix="/buyers", description="Buyers of your brands")
WISHES = ("unique_code", "login_email", "login_password", "passcode", "passcode_wanted")


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
        tag=asked["tag"],
        after=asked["after"],
        limit=asked["limit"],
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = search_buyers(session, search)
    return {
        "buyers": [shown_buyer(buyer) for buyer, _ in found.rows],
        "next_after": found.next_after,
    }


@bp.post("")
@bp.arguments(NewBuyerIn)
@bp.response(HTTPStatus.CREATED, NewBuyerOut)
def post_buyer(asked: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Create an offline buyer; secrets that we make are in this answer only"""
    by, maker_id = current_editor()
    staff_for(asked["brand_id"], write=True)
    given = given_of(asked)
    wishes = read_wishes({name: str(given[name]) for name in WISHES if given[name]})
    with deps().database.transaction(maker_id) as session:
        details = read_details(given, read_choices(session, maker_id))
    login_hash, passcode_hash = wishes.hashed(deps().passwords)
    new = NewBuyer(
        id=new_id(),
        brand_id=asked["brand_id"],
        details=details,
        login_email=wishes.login_email,
        login_hash=login_hash,
        passcode_hash=passcode_hash,
    )
    with deps().database.transaction(maker_id) as session:
        buyer = create_buyer(session, new, actor=by.actor, now=by.now)
    place = f"/api/identity/v1/buyers/{buyer.id}"
    headers = {"ETag": etag(buyer.version), "Location": place}
    return {**shown_buyer(buyer), "secrets": dict(wishes.made)}, HTTPStatus.CREATED, headers


@bp.get("/<uuid:buyer_id>")
@bp.response(HTTPStatus.OK, BuyerOut)
def get_buyer(buyer_id: UUID) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Get one buyer; the ETag is its version"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    return shown_buyer(buyer), HTTPStatus.OK, {"ETag": etag(buyer.version)}


@bp.put("/<uuid:buyer_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(DetailsIn)
@bp.response(HTTPStatus.OK, BuyerOut)
@bp.alt_response(HTTPStatus.PRECONDITION_FAILED, description="Changed since you read it.")
@bp.alt_response(HTTPStatus.PRECONDITION_REQUIRED, description="If-Match is missing.")
def put_buyer(
    asked: dict[str, Any], buyer_id: UUID, **_header: str
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Change a buyer; only orders placed afterwards follow (R60)"""
    by, maker_id = current_editor()
    version = version_of(sent_tag())
    with deps().database.transaction(maker_id) as session:
        details = read_details(given_of(asked), read_choices(session, maker_id))
        buyer, dead = edit_buyer(session, buyer_id, details, version=version, by=by)
    deps().copies.bury(dead)
    return shown_buyer(buyer), HTTPStatus.OK, {"ETag": etag(buyer.version)}


@bp.delete("/<uuid:buyer_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def remove_buyer(buyer_id: UUID) -> None:
    """Delete an offline buyer without orders and pending invitation (R166)"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        done = delete_buyer(session, buyer_id, by=by)
    deps().copies.bury(done.dead_copies)


@bp.post("/deletions")
@bp.arguments(DeletionsIn)
@bp.response(HTTPStatus.OK, DeletionsOut)
def post_deletions(asked: dict[str, Any]) -> dict[str, Any]:
    """Delete up to 200 buyers; those that are kept are named with the reason (R166)"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        done = delete_buyers(session, list(dict.fromkeys(asked["buyer_ids"])), by=by)
    deps().copies.bury(done.dead_copies)
    return {"fates": [{"buyer_id": key, "fate": fate} for key, fate in done.fates.items()]}


def etag(version: int) -> str:
    return f'"{version}"'


def version_of(sent: str) -> int:
    """Return the version that If-Match names. Raises BuyerChanged for what we never wrote."""
    number = sent.strip().removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise BuyerChanged("Somebody changed this buyer meanwhile. Please look at it again.")
    return int(number)
