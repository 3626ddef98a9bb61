"""/app/buyers/<id>/addresses: the addresses of a connected buyer, in each country's own form."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.addresses import PARTS, country_names, format_of, is_country, read_address
from common.errors import Invalid
from common.web.auth import current_user
from common.web.i18n import language
from identity.deps import deps
from identity.store.managed_buyers import get_address, get_managed_buyer
from identity.store.models import Address
from identity.usecases.keep_address_book import (
    BILLING,
    DELIVERY,
    choose_default,
    drop_address,
    keep_address,
)
from identity.web.account import person
from identity.web.buyer_app import keeper

bp = Blueprint("address_book", __name__, url_prefix="/app/buyers/<uuid:buyer_id>/addresses")
USES = (DELIVERY, BILLING)


@bp.get("/new")
def show_new(buyer_id: UUID) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        buyer = get_managed_buyer(session, buyer_id, user_id=person(current_user()))
    given = {"country": buyer.country, "addressee": buyer.name, "phone": buyer.phone or ""}
    return _form(buyer_id, None, given)


@bp.get("/<uuid:address_id>")
def show_address(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        buyer = get_managed_buyer(session, buyer_id, user_id=person(current_user()))
        row = get_address(session, buyer, address_id)
        uses = [
            use for use, default in zip(USES, _defaults(buyer), strict=True) if default == row.id
        ]
    return _form(buyer_id, address_id, _given(row), uses=uses)


@bp.post("/new")
def add(buyer_id: UUID) -> ResponseReturnValue:
    return _save(buyer_id, None)


@bp.post("/<uuid:address_id>")
def change(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    return _save(buyer_id, address_id)


@bp.post("/<uuid:address_id>/defaults")
def make_default(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    use = BILLING if request.form.get("use") == BILLING else DELIVERY
    with deps().database.transaction() as session:
        choose_default(session, buyer_id, address_id, use=use, by=keeper())
    return _back(buyer_id)


@bp.post("/<uuid:address_id>/deletion")
def delete(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        drop_address(session, buyer_id, address_id, by=keeper())
    flash(_("The address is deleted. Orders placed with it keep it."), "good")
    return _back(buyer_id)


def _save(buyer_id: UUID, address_id: UUID | None) -> ResponseReturnValue:
    uses = [use for use in request.form.getlist("uses") if use in USES]
    given = request.form.to_dict()
    if given.get("action") == "country":
        return _form(buyer_id, address_id, given, uses=uses)
    try:
        address = read_address(given)
    except Invalid as wrong:
        errors = {each.field: str(_(each.detail)) for each in wrong.errors}
        return _form(buyer_id, address_id, given, uses=uses, errors=errors), 422
    with deps().database.transaction() as session:
        keep_address(
            session,
            buyer_id,
            address,
            address_id=address_id,
            defaults=frozenset(uses),
            by=keeper(),
        )
    flash(_("Saved."), "good")
    return _back(buyer_id)


def _form(
    buyer_id: UUID,
    address_id: UUID | None,
    given: Mapping[str, str],
    *,
    uses: list[str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    with deps().database.transaction() as session:
        buyer = get_managed_buyer(session, buyer_id, user_id=person(current_user()))
        if address_id:
            get_address(session, buyer, address_id)
    country = given.get("country", "").upper()
    known = country if is_country(country) else buyer.country
    filled = {**dict.fromkeys(PARTS, ""), **given, "country": known}
    return render_template(
        "identity/app_address.html",
        buyer=buyer,
        address_id=address_id,
        given=filled,
        format=format_of(known),
        countries=country_names(language()),
        uses=uses or [],
        errors=errors or {},
    )


def _given(row: Address) -> dict[str, str]:
    return {name: getattr(row, name) or "" for name in ("country", *PARTS)}


def _defaults(buyer: object) -> tuple[object, object]:
    return (
        getattr(buyer, "default_address_id", None),
        getattr(buyer, "default_billing_address_id", None),
    )


def _back(buyer_id: UUID) -> ResponseReturnValue:
    return redirect(f"/app/buyers/{buyer_id}#addresses", 303)
