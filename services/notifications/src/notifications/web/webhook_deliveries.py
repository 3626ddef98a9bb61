"""/notifications/webhooks/<id>: every telling with request and answer; test and replay."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Invalid, NotFound
from common.web.auth import WRITERS, current_staff
from notifications.deps import deps
from notifications.store.webhooks import WebhookNotFound, get_delivery, list_deliveries
from notifications.usecases.record_delivery import skip_delivery
from notifications.usecases.replay_events import replay_events, send_test
from notifications.web.api import PAGE, next_of
from notifications.web.webhooks import own_endpoint, writer

bp = Blueprint("webhook_deliveries", __name__, url_prefix="/notifications/webhooks")


@bp.get("/<uuid:endpoint_id>")
def show_webhook(endpoint_id: UUID) -> str:
    return _page(endpoint_id)


@bp.post("/<uuid:endpoint_id>/tests")
def create_test(endpoint_id: UUID) -> ResponseReturnValue:
    """Send something to try, also while the webhook is paused."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        delivery = send_test(session, endpoint, now=deps().now())
    flash(_("The test is on its way. Reload to see the answer."), "good")
    place = url_for(".show_delivery", endpoint_id=endpoint_id, delivery_id=delivery.id)
    return redirect(place)


@bp.post("/<uuid:endpoint_id>/replays")
def create_replay(endpoint_id: UUID) -> ResponseReturnValue:
    """Tell again what happened in a span of time (UTC)."""
    staff = writer()
    since, until = request.form.get("since", ""), request.form.get("until", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            count = replay_events(
                session,
                own_endpoint(session, staff, endpoint_id),
                since=_instant(since),
                until=_instant(until),
                now=deps().now(),
            )
    except Invalid as refusal:
        errors = {each.field: _(each.detail) for each in refusal.errors}
        return _page(endpoint_id, errors=errors or {"since": _(refusal.detail)}), 422
    flash(_("%(count)s events are told again.", count=count), "good")
    return redirect(url_for(".show_webhook", endpoint_id=endpoint_id))


@bp.get("/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>")
def show_delivery(endpoint_id: UUID, delivery_id: UUID) -> str:
    """Show request and answer of one telling."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        delivery = get_delivery(session, delivery_id)
    if delivery.endpoint_id != endpoint_id:
        raise WebhookNotFound(_("There is no such delivery."))
    return render_template(
        "notifications/delivery.html",
        endpoint=endpoint,
        delivery=delivery,
        can_write=staff.role in WRITERS,
    )


@bp.post("/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>/skip")
def create_skip(endpoint_id: UUID, delivery_id: UUID) -> ResponseReturnValue:
    """Give one telling up, so that the later ones of its order can go."""
    staff = writer()
    with deps().database.transaction(staff.maker_id) as session:
        own_endpoint(session, staff, endpoint_id)
        if get_delivery(session, delivery_id).endpoint_id != endpoint_id:
            raise WebhookNotFound(_("There is no such delivery."))
        skip_delivery(session, delivery_id)
    flash(_("The event was skipped."), "good")
    return redirect(url_for(".show_webhook", endpoint_id=endpoint_id))


def _page(endpoint_id: UUID, *, errors: dict[str, str] | None = None) -> str:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        endpoint = own_endpoint(session, staff, endpoint_id)
        found = list_deliveries(session, endpoint_id, before=_before(), limit=PAGE + 1)
    following = next_of(found)
    place = url_for(".show_webhook", endpoint_id=endpoint_id, before=following)
    return render_template(
        "notifications/webhook.html",
        endpoint=endpoint,
        deliveries=found[:PAGE],
        next_url=place if following else None,
        errors=errors or {},
        since=request.form.get("since", ""),
        until=request.form.get("until", ""),
        can_write=staff.role in WRITERS,
    )


def _instant(text: str) -> datetime:
    """Return the local date-time of the form, which names UTC beside it. Raises Invalid."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as wrong:
        raise Invalid(_("Choose both ends of the time.")) from wrong


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong
