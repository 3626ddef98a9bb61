"""The pages and the API of webhooks."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from common.ids import new_id
from notifications.deps import Deps
from notifications.store.webhook_models import WebhookEndpoint

from .conftest import BRAND, MAKER, Deliver
from .test_pages import OTHER_BRAND, app, signed_in, staff
from .test_webhooks import Receiver, deliveries, receiver, tell_all, tell_of

__all__ = ["app", "receiver", "staff"]
PLACE = "/notifications/webhooks"
ALL = ["order.completed", "order.upload_changed"]


def make(staff: FlaskClient, url: str, **changed: object) -> tuple[int, str]:
    form = {"brand_id": str(BRAND), "url": url, "types": ALL} | changed
    answer = staff.post(PLACE, data=form)
    return answer.status_code, answer.text


def only(deps: Deps) -> UUID:
    with deps.database.transaction(MAKER) as session:
        return session.scalars(select(WebhookEndpoint.id)).one()


def test_the_secret_is_shown_once_and_stored_nowhere(
    deps: Deps, staff: FlaskClient, receiver: Receiver
) -> None:
    status, page = make(staff, receiver.url)
    assert status == 201
    [secret] = set(re.findall(r"whsec_[\w+/=]+", page))
    place = f"{PLACE}/{only(deps)}"
    assert secret not in staff.get(place).text
    assert secret not in staff.get(PLACE).text
    renewed = re.findall(r"whsec_[\w+/=]+", staff.post(f"{place}/secret").text)
    assert renewed
    assert secret not in renewed


def test_a_bad_target_is_refused_at_its_field_and_nothing_typed_is_lost(
    staff: FlaskClient,
) -> None:
    for url in ("https://10.0.0.8/hook", "http://erp.example/", "nonsense"):
        status, page = make(staff, url)
        assert status == 422
        assert f'value="{url}"' in page
    status, page = make(staff, "https://erp.example/", types=[])
    assert (status, "Choose at least one event." in page) == (422, True)


def test_a_test_and_its_answer_can_be_looked_at(
    deps: Deps, staff: FlaskClient, receiver: Receiver
) -> None:
    make(staff, receiver.url)
    place = f"{PLACE}/{only(deps)}"
    seen = staff.post(f"{place}/tests").headers["Location"]
    tell_all(deps)
    page = staff.get(seen).text
    assert "webhook-signature" in page
    assert "HTTP 200" in page
    assert "hello" in page


def test_a_paused_webhook_waits_and_a_poison_event_can_be_skipped(
    deps: Deps, staff: FlaskClient, receiver: Receiver, deliver: Deliver
) -> None:
    make(staff, receiver.url)
    place = f"{PLACE}/{only(deps)}"
    staff.post(f"{place}/pause")
    tell_of(deliver, new_id())
    tell_all(deps, rounds=2)
    assert receiver.seen == []
    receiver.answer = lambda: 410
    staff.post(f"{place}/resume")
    tell_all(deps, rounds=2)
    assert "Paused after too many failures" in staff.get(place).text
    [stuck] = [each for each in deliveries(deps) if each.state == "dead"]
    assert staff.post(f"{place}/deliveries/{stuck.id}/skip").status_code == 302
    receiver.answer = lambda: 200
    staff.post(f"{place}/resume")
    tell_all(deps, rounds=2)
    assert [each["type"] for each in receiver.taken] == ["order.upload_changed"]


def test_the_api_does_what_the_page_does(
    deps: Deps, staff: FlaskClient, receiver: Receiver, deliver: Deliver
) -> None:
    api = "/api/notifications/v1/webhooks"
    body = {"brand_id": str(BRAND), "url": receiver.url, "types": ALL}
    made = staff.post(api, json=body).json
    assert made is not None
    assert made["secret"].startswith("whsec_")
    listed = staff.get(api).json
    assert listed is not None
    assert "secret" not in listed[0]
    tell_of(deliver, new_id())
    tell_all(deps)
    now = datetime.now(UTC)
    span = {"since": (now - timedelta(hours=1)).isoformat(), "until": now.isoformat()}
    again = staff.post(f"{api}/{made['id']}/replays", json=span)
    assert again.json == {"count": 2}
    old = span | {"since": (now - timedelta(days=40)).isoformat()}
    assert staff.post(f"{api}/{made['id']}/replays", json=old).status_code == 422
    told = staff.get(f"{api}/{made['id']}/deliveries").json
    assert told is not None
    assert [each["reason"] for each in told] == ["replay", "replay", "event", "event"]
    paused = staff.put(f"{api}/{made['id']}/pause", json={"is_paused": True}).json
    assert paused is not None
    assert paused["paused_at"]
    assert staff.delete(f"{api}/{made['id']}").status_code == 204
    assert staff.get(api).json == []


def test_another_brands_webhook_is_not_there(
    app: Flask, deps: Deps, staff: FlaskClient, receiver: Receiver
) -> None:
    make(staff, receiver.url)
    place = f"{PLACE}/{only(deps)}"
    stranger = signed_in(app, deps, brand_ids=[OTHER_BRAND])
    assert stranger.get(place).status_code == 404
    for action in ("tests", "pause", "resume", "secret", "removal"):
        assert stranger.post(f"{place}/{action}").status_code == 404
    reader = signed_in(app, deps, role="member_read")
    assert reader.get(place).status_code == 200
    assert reader.post(f"{place}/tests").status_code == 403
