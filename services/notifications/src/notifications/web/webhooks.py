"""/notifications/webhooks: where a brand's own systems are told, and what became of it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from common.errors import Conflict, Invalid, Malformed
from common.sessions import Claims
from common.web.auth import WRITERS, current_staff, demand_write, staff_for
from notifications.deps import deps
from notifications.domain.webhooks import TYPES
from notifications.gateways.brands import read_brands
from notifications.store.webhook_models import WebhookEndpoint
from notifications.store.webhooks import WebhookNotFound, get_endpoint, list_endpoints
from notifications.usecases.create_endpoint import create_endpoint
from notifications.usecases.resume_endpoint import pause_endpoint, resume_endpoint

bp = Blueprint("webhooks", __name__, url_prefix="/notifications/webhooks")


@bp.get("")
def index_webhooks() -> ResponseReturnValue:
    return _page()


@bp.post("")
def create_webhook() -> ResponseReturnValue:
    """Add an endpoint; its secret is in the answer, and in no other."""
    brand_id = _uuid(request.form.get("brand_id"))
    staff = staff_for(brand_id, write=True)
    url, types = request.form.get("url", ""), request.form.getlist("types")
    [brand] = read_brands(deps().peers, [brand_id])
    try:
        with deps().database.transaction(staff.maker_id) as session:
            endpoint = create_endpoint(
                session,
                maker_id=staff.maker_id,  # type: ignore[arg-type]
                brand=brand,
                url=url,
                types=types,
                allow_loopback=deps().teller.allow_loopback,
            )
    except (Invalid, Conflict) as refusal:
        errors = {each.field: _(each.detail) for each in refusal.errors}
        errors = errors or {"url": _(refusal.detail)}
        return _page(errors=errors, url=url, types=types, brand_id=brand_id), refusal.status
    return show_once(endpoint), 201


@bp.post("/<uuid:endpoint_id>/secret")
def renew_secret(endpoint_id: UUID) -> ResponseReturnValue:
    """Make another secret; the one before signs nothing more."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        endpoint.secret_version += 1
    return show_once(endpoint)


@bp.post("/<uuid:endpoint_id>/pause")
def pause_webhook(endpoint_id: UUID) -> ResponseReturnValue:
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        pause_endpoint(session, own_endpoint(session, staff, endpoint_id))
    flash(_("The webhook is paused. Events wait."), "good")
    return redirect(url_for("webhook_deliveries.show_webhook", endpoint_id=endpoint_id))


@bp.post("/<uuid:endpoint_id>/resume")
def resume_webhook(endpoint_id: UUID) -> ResponseReturnValue:
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        resume_endpoint(session, own_endpoint(session, staff, endpoint_id))
    flash(_("The webhook sends again, each order from where it stopped."), "good")
    return redirect(url_for("webhook_deliveries.show_webhook", endpoint_id=endpoint_id))


@bp.post("/<uuid:endpoint_id>/removal")
def remove_webhook(endpoint_id: UUID) -> ResponseReturnValue:
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        session.delete(own_endpoint(session, staff, endpoint_id))
    flash(_("The webhook was removed."), "good")
    return redirect(url_for(".index_webhooks"))


def own_endpoint(session: Session, staff: Claims, endpoint_id: UUID) -> WebhookEndpoint:
    """Return the endpoint if it is of a brand that the person may see."""
    endpoint = get_endpoint(session, endpoint_id)
    if endpoint.brand_id not in staff.brand_ids:
        raise WebhookNotFound(_("There is no such webhook."))
    return endpoint


def writer() -> Claims:
    staff = current_staff()
    demand_write(staff)
    return staff


def show_once(endpoint: WebhookEndpoint) -> str:
    """Show the endpoint's secret."""
    secret = deps().teller.secret_of(endpoint.id, endpoint.secret_version)
    return render_template("notifications/secret.html", endpoint=endpoint, secret=secret)


def _page(
    *,
    errors: dict[str, str] | None = None,
    url: str = "",
    types: list[str] | None = None,
    brand_id: UUID | None = None,
) -> str:
    staff = current_staff()
    brands = read_brands(deps().peers, staff.brand_ids)
    with deps().database.transaction(staff.maker_id) as session:
        endpoints = list_endpoints(session, staff.brand_ids)
    return render_template(
        "notifications/webhooks.html",
        endpoints=endpoints,
        own_brands=brands,
        types=list(TYPES.values()),
        chosen=list(TYPES.values()) if types is None else types,
        url=url,
        brand_id=brand_id,
        errors=errors or {},
        can_write=staff.role in WRITERS,
    )


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as wrong:
        raise Malformed(_("Which brand is missing.")) from wrong
