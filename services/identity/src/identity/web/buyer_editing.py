"""/buyers/new and /buyers/<id>/edit: what a brand writes about a buyer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy.orm import Session

from common.addresses import country_names
from common.errors import Invalid, PreconditionFailed, Refusal
from common.ids import new_id
from common.sessions import Claims
from common.web.auth import staff_for
from common.web.i18n import language
from identity.deps import deps
from identity.domain.buyer_details import read_details
from identity.store.brands import get_maker, list_brands, list_trade_terms
from identity.store.buyers import find_buyer, list_recipients
from identity.store.choices import read_choices
from identity.store.models import Buyer
from identity.store.own_buyers import get_own_buyer
from identity.usecases.create_buyer import NewBuyer, create_buyer
from identity.usecases.describe_columns import typed_fields
from identity.usecases.edit_buyer import edit_buyer
from identity.web.buyer_view import Said, render_buyer
from identity.web.staff import current_writer, editor_of, field_sentences, maker_of
from identity.web.ways_in import Wishes, read_wishes

bp = Blueprint("buyer_editing", __name__, url_prefix="/buyers")
NEW: Mapping[str, Any] = {"type": "company", "rate_kind": "ratio"}


class NewIn(Schema):
    class Meta:
        unknown = EXCLUDE

    id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)


class EditIn(Schema):
    class Meta:
        unknown = EXCLUDE

    version = fields.Integer(required=True)


@bp.get("/new")
def new_buyer() -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        usual = _usual_terms(session, maker_of(staff))
    return _page(staff, {**NEW, **usual, "id": str(new_id())})


@bp.post("/new")
def create() -> ResponseReturnValue:
    staff, typed = current_writer(), request.form.to_dict()
    asked = NewIn().load(typed)
    staff_for(asked["brand_id"])
    try:
        wishes = read_wishes(typed)
        buyer_id = _create(staff, asked, typed, wishes)
    except Invalid as refusal:
        errors = {**_wrong_details(staff, typed), **field_sentences(refusal)}
        return _page(staff, typed, errors=errors), 422
    if buyer_id is None:
        return redirect(f"/buyers/{asked['id']}")
    return render_buyer(staff, buyer_id, Said(once=wishes.made, is_new=True)), 201


@bp.get("/<uuid:buyer_id>/edit")
def edit(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        typed = typed_fields(buyer, recipients=list(list_recipients(session, buyer.id)))
    return _page(staff, typed, buyer=buyer)


@bp.post("/<uuid:buyer_id>/edit")
def save(buyer_id: UUID) -> ResponseReturnValue:
    staff, typed = current_writer(), request.form.to_dict()
    version = EditIn().load(typed)["version"]
    try:
        with deps().database.transaction(staff.maker_id) as session:
            details = read_details(typed, read_choices(session, maker_of(staff)))
            _buyer, dead = edit_buyer(
                session, buyer_id, details, version=version, by=editor_of(staff)
            )
    except (Invalid, PreconditionFailed) as refusal:
        return _again(staff, buyer_id, typed, refusal)
    deps().copies.bury(dead)
    flash(_("Saved. Orders placed from now on follow it; earlier ones stay as they are."), "good")
    return redirect(f"/buyers/{buyer_id}")


def _create(
    staff: Claims, asked: Mapping[str, Any], typed: Mapping[str, str], wishes: Wishes
) -> UUID | None:
    """Return the new buyer's id, or None when the form was sent a second time."""
    with deps().database.transaction(staff.maker_id) as session:
        details = read_details(typed, read_choices(session, maker_of(staff)))
    # Argon2 takes its time; nothing is open meanwhile.
    login_hash, passcode_hash = wishes.hashed(deps().passwords)
    new = NewBuyer(
        id=asked["id"],
        brand_id=asked["brand_id"],
        details=details,
        login_email=wishes.login_email,
        login_hash=login_hash,
        passcode_hash=passcode_hash,
    )
    with deps().database.transaction(staff.maker_id) as session:
        if find_buyer(session, new.id) is not None:
            return None
        by = editor_of(staff)
        return create_buyer(session, new, actor=by.actor, now=by.now).id


def _wrong_details(staff: Claims, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Return what is wrong beside the ways in, so that all of it is told at once."""
    try:
        with deps().database.transaction(staff.maker_id) as session:
            read_details(typed, read_choices(session, maker_of(staff)))
    except Invalid as refusal:
        return field_sentences(refusal)
    return {}


def _again(
    staff: Claims, buyer_id: UUID, typed: Mapping[str, str], refusal: Refusal
) -> ResponseReturnValue:
    """Show the form again with everything that was typed."""
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    errors = field_sentences(refusal)
    told = None if errors else str(_(refusal.detail))
    return _page(staff, typed, errors=errors, buyer=buyer, told=told), refusal.status


def _page(
    staff: Claims,
    typed: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    buyer: Buyer | None = None,
    told: str | None = None,
) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        shown = _choices(session, staff)
    return render_template(
        "identity/buyer_form.html",
        typed=typed,
        errors=errors or {},
        buyer=buyer,
        told=told,
        countries=country_names(language()),
        **shown,
    )


def _usual_terms(session: Session, maker_id: UUID) -> dict[str, str]:
    """Return what the maker gives a new buyer unless told otherwise."""
    maker = get_maker(session, maker_id)
    usual = {
        "language": maker.default_language,
        "currency": maker.default_currency,
        "trade_term": maker.default_trade_term_id,
    }
    return {name: str(value) for name, value in usual.items() if value}


def _choices(session: Session, staff: Claims) -> dict[str, Any]:
    return {
        "brand_rows": list_brands(session, staff.brand_ids),
        "terms": list_trade_terms(session),
        "enabled": read_choices(session, maker_of(staff)),
    }
