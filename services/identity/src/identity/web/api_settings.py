"""/api/identity/v1/settings: what the maker enables, for people and for keys made for it (R61)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from common.errors import FieldError
from common.web.auth import current_staff
from identity.deps import deps
from identity.domain.maker_choices import MakerChoices, SettingsInvalid, described
from identity.store.brands import count_buyers_by_term, list_trade_terms
from identity.usecases.change_settings import change_settings, read_settings
from identity.web.api_tags import IfMatch, demand_tag, tagged
from identity.web.managers import current_manager_or_key, manager_of
from identity.web.settings_schemas import SettingsIn, SettingsOut
from identity.web.staff import maker_of

bp = Blueprint(
    "settings_api",
    __name__,
    url_prefix="/settings",
    description=(
        "Languages, currencies, trade terms and the time zone of the maker, for all its brands. A key"
        " needs the scope settings:read or settings:write, and changes something only as long as the"
        " person who made it is an owner or admin."
    ),
)
Shown = tuple[dict[str, Any], int, Headers]


@bp.get("")
@bp.response(HTTPStatus.OK, SettingsOut)
def get_settings() -> Shown:
    """Get the maker's settings; the ETag is for changing them"""
    maker_id = maker_of(current_staff())
    with deps().database.transaction(maker_id) as session:
        return _shown(session, maker_id)


@bp.put("")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(SettingsIn)
@bp.response(HTTPStatus.OK, SettingsOut)
@bp.alt_response(HTTPStatus.PRECONDITION_FAILED, description="Changed since you read them.")
@bp.alt_response(HTTPStatus.PRECONDITION_REQUIRED, description="If-Match is missing.")
def put_settings(asked: dict[str, Any], **_header: str) -> Shown:
    """Replace the settings; what buyers use cannot be taken away (R61)"""
    staff, wish = current_manager_or_key(), _wished(asked)
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        demand_tag(described(read_settings(session, manager.maker_id)))
        by, now = manager.actor, deps().now()
        change_settings(session, manager.maker_id, wish, seen=None, actor=by, now=now)
        return _shown(session, manager.maker_id)


def _wished(asked: dict[str, Any]) -> MakerChoices:
    terms = {each["code"]: each["name"].strip() for each in asked["trade_terms"]}
    if len(terms) < len(asked["trade_terms"]):
        wrong = FieldError("trade_terms", "repeated", "A code stands there more than once.")
        raise SettingsInvalid("Some fields are not right.", errors=[wrong])
    return MakerChoices(
        name=asked["name"].strip(),
        languages=tuple(dict.fromkeys(asked["languages"])),
        default_language=asked["default_language"],
        currencies=tuple(dict.fromkeys(asked["currencies"])),
        default_currency=asked["default_currency"],
        time_zone=asked["time_zone"],
        trade_terms=terms,
        default_trade_term=asked["default_trade_term"],
    )


def _shown(session: Session, maker_id: UUID) -> Shown:
    said = described(read_settings(session, maker_id))
    used = count_buyers_by_term(session)
    terms = [
        {
            "trade_term_id": term.id,
            "code": term.code,
            "name": term.name,
            "buyers": used.get(term.code, 0),
        }
        for term in list_trade_terms(session)
    ]
    return {**said, "trade_terms": terms}, HTTPStatus.OK, tagged(said)
