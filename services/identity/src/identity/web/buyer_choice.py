"""/signin/<token>/buyers: a user chooses which of its buyers orders (R36, R37, R38)."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields

from common.errors import Forbidden
from identity.deps import deps
from identity.domain.methods import Method
from identity.store.browsers import find_chooser
from identity.store.buyers import OwnBuyer, list_buyers_of_user
from identity.store.users import get_user
from identity.web.forms import read_form
from identity.web.link_sign_in import enter_shop
from identity.web.visits import Door, browser_hash, current_door, current_holder, user_of

bp = Blueprint("buyer_choice", __name__, url_prefix="/signin/<token>/buyers")


class BuyerNotYours(Forbidden):
    """Not one of this user's buyers, or not one that this brand knows."""

    code = "buyer_not_selectable"
    rule = "R37"


class ChoiceForm(Schema):
    buyer_id = fields.UUID(required=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user may choose from on this link."""

    user_id: UUID
    user_name: str
    selectable: list[OwnBuyer]
    others: list[OwnBuyer]
    """Known to other brands only (D8)."""


@bp.get("")
def show_buyers(token: str) -> ResponseReturnValue:
    door = current_door(token)
    choice = _choice(door)
    if choice is None:
        return redirect(f"/signin/{token}")
    return _page(door, choice)


@bp.post("")
def choose_buyer(token: str) -> ResponseReturnValue:
    door, form = current_door(token), read_form(ChoiceForm)
    choice = _choice(door)
    if choice is None:
        return redirect(f"/signin/{token}")
    if form.errors:
        return _page(door, choice, error=_("Please choose a buyer.")), 422
    chosen = form.values["buyer_id"]
    if chosen not in {own.buyer.id for own in choice.selectable}:
        raise BuyerNotYours(_("You cannot order as this buyer here."))
    return enter_shop(door, buyer_id=chosen, method=Method.USER_ACCOUNT, user_id=choice.user_id)


def _choice(door: Door) -> Choice | None:
    """Return what whoever proved its password here may choose from, or None."""
    signed_in = user_of(current_holder(door.link))
    with deps().database.transaction() as session:
        proved = find_chooser(session, browser_hash(), door.link.id, now=deps().now())
        user_id = proved or signed_in
        if user_id is None:
            return None
        name = get_user(session, user_id).name
        own = list_buyers_of_user(session, user_id)
    known = [each for each in own if each.buyer.brand_id == door.link.brand_id]
    others = [each for each in own if each.buyer.brand_id != door.link.brand_id]
    return Choice(user_id, name, known, others)


def _page(door: Door, choice: Choice, *, error: str | None = None) -> str:
    return render_template("identity/choose_buyer.html", door=door, choice=choice, error=error)
