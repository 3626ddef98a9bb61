"""/app: a user's brands and buyers. Catalogs and orders under it are other services' pages."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Invalid, Unavailable
from common.web.auth import current_user
from common.web.i18n import language
from identity.deps import deps
from identity.gateways.catalogs import SeenCatalog, list_visible_catalogs
from identity.store.brands import get_brand
from identity.store.buyers import list_addresses, list_buyers_of_user, list_recipients
from identity.store.managed_buyers import get_managed_buyer
from identity.store.models import Buyer, Organisation
from identity.store.organisations import list_own
from identity.usecases.keep_address_book import Keeper
from identity.usecases.keep_recipients import MOST, keep_recipients
from identity.web.account import person
from identity.web.buyer_words import address_lines

bp = Blueprint("buyer_app", __name__, url_prefix="/app")


@bp.get("")
def show_home() -> ResponseReturnValue:
    user_id = person(current_user())
    with deps().database.transaction() as session:
        organisations = list_own(session, user_id)
        own = list_buyers_of_user(session, user_id)
    return render_template("identity/app.html", own=own, organisations=organisations)


@bp.get("/buyers/<uuid:buyer_id>")
def show_buyer(buyer_id: UUID) -> ResponseReturnValue:
    return _page(buyer_id)


@bp.post("/buyers/<uuid:buyer_id>/recipients")
def change_recipients(buyer_id: UUID) -> ResponseReturnValue:
    emails = request.form.get("emails", "").replace(",", "\n").splitlines()
    try:
        with deps().database.transaction() as session:
            keep_recipients(session, buyer_id, emails[: MOST * 2], by=keeper())
    except Invalid as wrong:
        typed = request.form.get("emails", "")
        error = " ".join(str(_(each.detail)) for each in wrong.errors)
        return _page(buyer_id, recipients_text=typed, recipients_error=error), 422
    flash(_("Saved."), "good")
    return redirect(f"/app/buyers/{buyer_id}#recipients", 303)


def keeper() -> Keeper:
    return Keeper(person(current_user()), deps().now())


def _page(
    buyer_id: UUID, *, recipients_text: str | None = None, recipients_error: str | None = None
) -> str:
    with deps().database.transaction() as session:
        buyer = get_managed_buyer(session, buyer_id, user_id=person(current_user()))
        recipients = list_recipients(session, buyer.id)
        shown: dict[str, Any] = {
            "buyer": buyer,
            "brand": get_brand(session, buyer.brand_id),
            "organisation": session.get_one(Organisation, buyer.organisation_id),
            "addresses": list_addresses(session, buyer.id),
        }
    return render_template(
        "identity/app_buyer.html",
        catalogs=_catalogs(buyer),
        recipients_text="\n".join(recipients) if recipients_text is None else recipients_text,
        recipients_error=recipients_error,
        address_lines=address_lines,
        **shown,
    )


def _catalogs(buyer: Buyer) -> list[SeenCatalog] | None:
    """Return what the buyer may look at, or None while catalog does not answer."""
    try:
        return list_visible_catalogs(
            deps().peers, brand_id=buyer.brand_id, buyer_id=buyer.id, language=language()
        )
    except Unavailable:
        return None
