"""/buyers/<id>/addresses…: the addresses of an offline buyer, by each country's own form."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.addresses import (
    PARTS,
    IncompleteAddress,
    country_names,
    format_of,
    is_country,
    read_address,
)
from common.errors import Conflict
from common.sessions import Claims
from common.web.i18n import language
from identity.deps import deps
from identity.store.buyers import list_addresses
from identity.store.own_buyers import get_own_buyer
from identity.usecases.edit_addresses import (
    AddressNotFound,
    choose_default_address,
    delete_address,
    save_address,
)
from identity.web.staff import current_writer, editor_of, field_sentences

bp = Blueprint("buyer_addresses", __name__, url_prefix="/buyers/<uuid:buyer_id>/addresses")
OPTIONAL = frozenset({"phone"})
"""A brand may not know it; checkout asks for it (R108)."""


@bp.get("/new")
def new_address(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    return _page(staff, buyer_id, {"country": buyer.country, "addressee": buyer.name})


@bp.post("/new")
def create(buyer_id: UUID) -> ResponseReturnValue:
    return _save(buyer_id, None)


@bp.get("/<uuid:address_id>")
def edit(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    return _page(staff, buyer_id, _stored(staff, buyer_id, address_id), address_id=address_id)


@bp.post("/<uuid:address_id>")
def save(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    return _save(buyer_id, address_id)


@bp.post("/<uuid:address_id>/deletion")
def delete(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        delete_address(session, buyer_id, address_id, by=editor_of(staff))
    flash(_("The address is deleted. Orders keep the address they were placed with."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/<uuid:address_id>/default")
def make_default(buyer_id: UUID, address_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        choose_default_address(session, buyer_id, address_id, by=editor_of(staff))
    return redirect(f"/buyers/{buyer_id}")


def _save(buyer_id: UUID, address_id: UUID | None) -> ResponseReturnValue:
    staff, typed = current_writer(), request.form.to_dict()
    if typed.get("action") == "country":
        return _page(staff, buyer_id, typed, address_id=address_id)
    try:
        address = read_address(typed, optional=OPTIONAL)
        with deps().database.transaction(staff.maker_id) as session:
            save_address(
                session,
                buyer_id,
                address,
                address_id=address_id,
                is_default=bool(typed.get("is_default")),
                by=editor_of(staff),
            )
    except IncompleteAddress as refusal:
        errors = field_sentences(refusal)
        return _page(staff, buyer_id, typed, address_id=address_id, errors=errors), 422
    except Conflict as refusal:
        flash(_(refusal.detail), "bad")
        return redirect(f"/buyers/{buyer_id}")
    flash(_("The address is saved."), "good")
    return redirect(f"/buyers/{buyer_id}")


def _stored(staff: Claims, buyer_id: UUID, address_id: UUID) -> dict[str, str]:
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        own = {each.id: each for each in list_addresses(session, buyer.id)}
    if address_id not in own:
        raise AddressNotFound(_("There is no such address."))
    row = own[address_id]
    parts = {name: getattr(row, name) or "" for name in ("country", *PARTS)}
    return {**parts, "is_default": "yes" if buyer.default_address_id == row.id else ""}


def _page(
    staff: Claims,
    buyer_id: UUID,
    typed: Mapping[str, str],
    *,
    address_id: UUID | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    wished = typed.get("country", "")
    country = wished if is_country(wished) else buyer.country
    given = {name: typed.get(name, "") for name in PARTS}
    return render_template(
        "identity/buyer_address.html",
        buyer=buyer,
        address_id=address_id,
        given={**given, "country": country, "is_default": typed.get("is_default", "")},
        format=format_of(country),
        countries=country_names(language()),
        errors=errors or {},
        optional=OPTIONAL,
    )
