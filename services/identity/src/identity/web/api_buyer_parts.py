"""/api/identity/v1/buyers/<id>/…: ways in, addresses, sessions, the offer to connect."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from common.addresses import read_address
from common.web.auth import current_staff
from identity.deps import deps
from identity.store.buyer_sessions import list_sessions_of_buyer
from identity.store.buyers import list_addresses
from identity.store.models import BuyerInvitation
from identity.store.own_buyers import get_own_buyer
from identity.usecases.edit_addresses import delete_address, save_address
from identity.usecases.end_buyer_session import end_buyer_session
from identity.usecases.invite_customer import invite_customer, withdraw_invitation
from identity.usecases.set_ways_in import remove_link_login, set_link_login, set_passcode
from identity.web.buyer_addresses import OPTIONAL
from identity.web.buyer_json import shown_address
from identity.web.buyer_part_schemas import (
    AddressesOut,
    AddressIn,
    AddressOut,
    InvitationIn,
    InvitationOut,
    LoginIn,
    PasscodeIn,
    SecretsOut,
    SessionsOut,
)
from identity.web.staff import current_editor
from identity.web.ways_in import checked_passcode, password_wish

bp = Blueprint("buyer_parts_api", __name__, url_prefix="/buyers/<uuid:buyer_id>")


@bp.put("/login")
@bp.arguments(LoginIn)
@bp.response(HTTPStatus.OK, SecretsOut)
def put_login(asked: dict[str, Any], buyer_id: UUID) -> dict[str, Any]:
    """Set the link login; without a password the old one stays, or one is made"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    wish = password_wish(asked["login_password"] or "", is_needed=buyer.login_hash is None)
    hashed = deps().passwords.hash(wish.raw) if wish.raw else None
    with deps().database.transaction(maker_id) as session:
        email = asked["login_email"]
        dead = set_link_login(session, buyer_id, email=email, password_hash=hashed, by=by)
    deps().copies.bury(dead)
    return {"secrets": {"login_password": wish.raw} if wish.is_made else {}}


@bp.delete("/login")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_login(buyer_id: UUID) -> None:
    """Take the link login away; its sessions end"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        dead = remove_link_login(session, buyer_id, by=by)
    deps().copies.bury(dead)


@bp.put("/passcode")
@bp.arguments(PasscodeIn)
@bp.response(HTTPStatus.OK, SecretsOut)
def put_passcode(asked: dict[str, Any], buyer_id: UUID) -> dict[str, Any]:
    """Set the passcode, or have one made; sessions that the old one opened end"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
    wish = checked_passcode(asked["passcode"] or "", unique_code=buyer.unique_code)
    hashed = deps().passwords.hash(wish.raw)
    with deps().database.transaction(maker_id) as session:
        dead = set_passcode(session, buyer_id, passcode_hash=hashed, by=by)
    deps().copies.bury(dead)
    return {"secrets": {"passcode": wish.raw} if wish.is_made else {}}


@bp.delete("/passcode")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_passcode(buyer_id: UUID) -> None:
    """Take the passcode away; its sessions end"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        dead = set_passcode(session, buyer_id, passcode_hash=None, by=by)
    deps().copies.bury(dead)


@bp.get("/addresses")
@bp.response(HTTPStatus.OK, AddressesOut)
def get_addresses(buyer_id: UUID) -> dict[str, Any]:
    """List the buyer's addresses, oldest first"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        rows = list_addresses(session, buyer.id)
    return {"addresses": [shown_address(each, buyer) for each in rows]}


@bp.post("/addresses")
@bp.arguments(AddressIn)
@bp.response(HTTPStatus.CREATED, AddressOut)
def post_address(asked: dict[str, Any], buyer_id: UUID) -> dict[str, Any]:
    """Add an address in the country's format"""
    return _saved(buyer_id, None, asked)


@bp.put("/addresses/<uuid:address_id>")
@bp.arguments(AddressIn)
@bp.response(HTTPStatus.OK, AddressOut)
def put_address(asked: dict[str, Any], buyer_id: UUID, address_id: UUID) -> dict[str, Any]:
    """Change an address; orders keep the one they were placed with"""
    return _saved(buyer_id, address_id, asked)


@bp.delete("/addresses/<uuid:address_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def remove_address(buyer_id: UUID, address_id: UUID) -> None:
    """Delete an address"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        delete_address(session, buyer_id, address_id, by=by)


@bp.get("/sessions")
@bp.response(HTTPStatus.OK, SessionsOut)
def get_sessions(buyer_id: UUID) -> dict[str, Any]:
    """List who is signed in as the buyer, newest first"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        return {"sessions": list_sessions_of_buyer(session, buyer.id, now=deps().now())}


@bp.delete("/sessions/<uuid:session_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_session(buyer_id: UUID, session_id: UUID) -> None:
    """End a session, everywhere"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        dead = end_buyer_session(session, buyer_id, session_id, by=by)
    deps().copies.bury(dead)


@bp.put("/invitation")
@bp.arguments(InvitationIn)
@bp.response(HTTPStatus.OK, InvitationOut)
def put_invitation(asked: dict[str, Any], buyer_id: UUID) -> BuyerInvitation:
    """Invite the customer to connect; an earlier invitation ends"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        get_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
        return invite_customer(session, buyer_id, email=asked["email"], actor=by.actor, now=by.now)


@bp.delete("/invitation")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_invitation(buyer_id: UUID) -> None:
    """Withdraw the open invitation, if there is one"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        get_own_buyer(session, buyer_id, brand_ids=by.brand_ids)
        withdraw_invitation(session, buyer_id, actor=by.actor, now=by.now)


def _saved(buyer_id: UUID, address_id: UUID | None, asked: dict[str, Any]) -> dict[str, Any]:
    by, maker_id = current_editor()
    address = read_address(asked, optional=OPTIONAL)
    is_default = asked["is_default"]
    with deps().database.transaction(maker_id) as session:
        row = save_address(
            session, buyer_id, address, address_id=address_id, is_default=is_default, by=by
        )
        return shown_address(row, get_own_buyer(session, buyer_id, brand_ids=by.brand_ids))
