"""Webhooks against a receiver of our own: everything arrives, in order, and nowhere it must not."""

import json
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from standardwebhooks import Webhook

from common.delivery import OutboundCall
from common.delivery.outbound import kinds
from common.delivery.outbound_leases import claim_call
from common.delivery.outbound_runner import perform
from common.delivery.sweeper import sweep
from common.ids import new_id
from notifications.deps import Deps
from notifications.domain.webhooks import TYPES
from notifications.gateways import guarded
from notifications.gateways.brands import Brand
from notifications.store.models import Message
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint
from notifications.store.webhooks import get_endpoint
from notifications.usecases.create_endpoint import create_endpoint
from notifications.usecases.queue_delivery import WEBHOOK
from notifications.usecases.replay_events import replay_events, send_test
from notifications.usecases.resume_endpoint import resume_endpoint

from .conftest import BRAND, MAKER, Deliver

ORDER = "checkout.order_completed.v1"
UPLOAD = "checkout.next_engine_upload_changed.v1"
ADDRESS = "checkout.order_address_changed.v1"
TRANSITION = "identity.transition_changed.v1"
NAMED = Brand(BRAND, "NORD", "Atelier Nord", "Asia/Tokyo")


class Receiver:
    """Takes webhooks; `answer` decides the status of each."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.answer: Callable[[], int] = lambda: 200
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = mine.answer()
                mine.seen.append((dict(self.headers), body))
                if status == 200:
                    mine.taken.append(json.loads(body))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", mine.url + "/elsewhere")
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"hello")

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def endpoint(deps: Deps, receiver: Receiver) -> WebhookEndpoint:
    with deps.database.transaction(MAKER) as session:
        return create_endpoint(
            session,
            maker_id=MAKER,
            brand=NAMED,
            url=receiver.url,
            types=list(TYPES.values()),
            allow_loopback=True,
        )


def tell_all(deps: Deps, *, rounds: int = 1) -> None:
    """Perform what is due, and, round by round, what had to wait."""
    for _ in range(rounds):
        while (call := claim_call(deps.database, kinds()[WEBHOOK])) is not None:
            perform(deps.database, deps, kinds()[WEBHOOK], call)
        with deps.database.transaction() as session:
            session.execute(update(OutboundCall).values(next_attempt_at=text("now()")))


def tell_of(deliver: Deliver, order_id: UUID, *, uploads: int = 1) -> None:
    """Let an order complete, its upload change so often, its buyer move."""
    now = datetime.now(UTC).isoformat()

    def frame(seq: int) -> dict[str, Any]:
        return {"aggregate": {"id": str(order_id), "seq": seq}, "occurred_at": now}

    deliver(ORDER, frame=frame(1), order_id=str(order_id), recipients=[])
    for number in range(uploads):
        deliver(UPLOAD, frame=frame(2 + number), order_id=str(order_id), state="sending")
    deliver(TRANSITION, frame=frame(1), order_id=str(order_id))


def deliveries(deps: Deps) -> list[WebhookDelivery]:
    with deps.database.transaction(MAKER) as session:
        query = select(WebhookDelivery).order_by(WebhookDelivery.position)
        return list(session.scalars(query))


def test_what_arrives_is_signed_and_says_nothing_private(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    tell_of(deliver, new_id())
    tell_all(deps)
    secret = deps.teller.secret_of(endpoint.id, 1)
    for headers, body in receiver.seen:
        lowered = {name.lower(): value for name, value in headers.items()}
        told = Webhook(secret).verify(body, lowered)
        assert lowered["webhook-id"] == f"msg_{told['id']}"
        with pytest.raises(Exception, match="signature"):
            Webhook(secret).verify(body + b" ", lowered)
    assert [each["type"] for each in receiver.taken] == [
        "order.completed",
        "order.upload_changed",
        "order.transition_changed",
    ]
    assert [each["sequence"] for each in receiver.taken] == [1, 2, 3]
    private = {"session_id", "link_id", "user_id"}
    assert not private & set(receiver.taken[0]["data"])
    assert receiver.taken[0]["data"]["order_number"] == "NORD-00000042"


def test_events_that_are_handled_once_more_are_told_once(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    """I12: a replay of all that has come changes nothing."""
    tell_of(deliver, new_id())
    with deps.database.transaction() as session:
        again = "update inbox set processed_at = null, attempts = 0, next_attempt_at = now()"
        session.execute(text(again))
    sweep(deps.database)
    with deps.database.transaction() as session:
        failed = "select count(*) from inbox where processed_at is null"
        assert session.scalar(text(failed)) == 0
    tell_all(deps)
    assert [each["sequence"] for each in receiver.taken] == [1, 2, 3]


def test_a_receiver_that_fails_seventy_percent_gets_all_of_it_in_order(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    dice = random.Random(7)
    receiver.answer = lambda: 200 if dice.random() > 0.7 else dice.choice([500, 429, 302, 400])
    orders = [new_id() for _ in range(12)]
    for order_id in orders:
        tell_of(deliver, order_id, uploads=3)
    for _ in range(200):
        tell_all(deps)
        if all(each.state == "done" for each in deliveries(deps)):
            break
    assert len(receiver.seen) > 1.5 * len(receiver.taken)
    by_order = defaultdict(list)
    for each in receiver.taken:
        by_order[each["order_id"]].append(each["sequence"])
    assert by_order == {str(order_id): [1, 2, 3, 4, 5] for order_id in orders}


def test_a_later_event_waits_for_an_earlier_one_that_has_not_come(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    order_id, now = new_id(), datetime.now(UTC).isoformat()

    def frame(seq: int) -> dict[str, Any]:
        return {"aggregate": {"id": str(order_id), "seq": seq}, "occurred_at": now}

    deliver(TRANSITION, frame=frame(1), order_id=str(order_id))
    deliver(UPLOAD, frame=frame(2), order_id=str(order_id), state="done")
    assert deliveries(deps) == []
    deliver(ORDER, frame=frame(1), order_id=str(order_id), recipients=[])
    assert [each.type for each in deliveries(deps)] == ["order.completed"]


def test_numbers_that_leapt_in_a_restore_hold_nothing_up(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    order_id, now = new_id(), datetime.now(UTC).isoformat()
    numbered = ((ORDER, 1), (UPLOAD, 2), (UPLOAD, 3), (UPLOAD, 10_002))  # 2 and 3 were forgotten.
    for name, seq in numbered:
        frame = {"aggregate": {"id": str(order_id), "seq": seq}, "occurred_at": now}
        more = {"recipients": []} if name == ORDER else {"state": "done"}
        deliver(name, frame=frame, order_id=str(order_id), **more)
    assert len(deliveries(deps)) == len(numbered)


def test_an_order_behind_a_failed_event_waits_and_others_go_on(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    stuck, free = new_id(), new_id()
    tell_of(deliver, stuck)
    receiver.answer = lambda: 500
    call = claim_call(deps.database, kinds()[WEBHOOK])
    assert call is not None
    perform(deps.database, deps, kinds()[WEBHOOK], call)
    receiver.answer = lambda: 200
    tell_of(deliver, free)
    while (call := claim_call(deps.database, kinds()[WEBHOOK])) is not None:
        perform(deps.database, deps, kinds()[WEBHOOK], call)
    assert {each["order_id"] for each in receiver.taken} == {str(free)}
    assert len(receiver.taken) == 3


def test_thirty_failures_pause_it_tell_the_brand_and_lose_nothing(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    receiver.answer = lambda: 503
    tell_of(deliver, new_id())
    tell_all(deps, rounds=40)
    assert len(receiver.seen) == 30
    with deps.database.transaction(MAKER) as session:
        paused = get_endpoint(session, endpoint.id)
        mails = session.scalars(select(Message).where(Message.kind == "webhook_paused")).all()
    assert paused.is_paused
    assert paused.pause_reason == "HTTP 503"
    assert [mail.recipient for mail in mails] == ["staff@nord.example"]
    tell_of(deliver, new_id())
    tell_all(deps, rounds=3)
    assert len(receiver.seen) == 30
    receiver.answer = lambda: 200
    with deps.database.transaction(MAKER) as session:
        resume_endpoint(session, get_endpoint(session, endpoint.id))
    tell_all(deps, rounds=3)
    assert len(receiver.taken) == 6


def test_a_receiver_that_is_gone_is_paused_at_once(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    receiver.answer = lambda: 410
    tell_of(deliver, new_id())
    tell_all(deps, rounds=3)
    assert len(receiver.seen) == 1


def test_a_redirect_is_not_followed_and_the_answer_is_kept(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    receiver.answer = lambda: 302
    deliver(ORDER, recipients=[], frame={"occurred_at": datetime.now(UTC).isoformat()})
    tell_all(deps)
    assert len(receiver.seen) == 1
    [delivery] = deliveries(deps)
    assert delivery.answer
    assert delivery.request
    assert (delivery.answer["status"], delivery.answer["body"]) == (302, "hello")
    assert "whsec" not in json.dumps(delivery.request)


def test_a_span_of_time_is_told_again_under_the_same_ids(
    deps: Deps, deliver: Deliver, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    tell_of(deliver, new_id())
    tell_all(deps)
    now = datetime.now(UTC)
    with deps.database.transaction(MAKER) as session:
        again = get_endpoint(session, endpoint.id)
        hour = timedelta(hours=1)
        assert replay_events(session, again, since=now - hour, until=now + hour, now=now) == 3
        assert replay_events(session, again, since=now + hour, until=now + 2 * hour, now=now) == 0
    tell_all(deps)
    ids = [each["id"] for each in receiver.taken]
    assert ids[:3] == ids[3:]
    assert [each["sequence"] for each in receiver.taken] == [1, 2, 3, 1, 2, 3]


def test_a_test_is_sent_once_and_pauses_nothing(
    deps: Deps, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    receiver.answer = lambda: 500
    with deps.database.transaction(MAKER) as session:
        send_test(session, get_endpoint(session, endpoint.id), now=datetime.now(UTC))
    tell_all(deps, rounds=3)
    assert len(receiver.seen) == 1
    with deps.database.transaction(MAKER) as session:
        assert not get_endpoint(session, endpoint.id).is_paused


def test_a_name_that_leads_inside_is_refused_at_every_connection(
    deps: Deps,
    deliver: Deliver,
    receiver: Receiver,
    endpoint: WebhookEndpoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1", "10.0.0.8"], ["169.254.169.254"], ["::1"]])
    monkeypatch.setattr(guarded, "resolve", lambda host, port: next(answers))
    statuses = []
    for _ in range(3):
        told = deps.teller.tell(
            receiver.url.replace("127.0.0.1", "erp.nord.example"),
            secret=deps.teller.secret_of(endpoint.id, 1),
            event_id=new_id(),
            body="{}",
            now=datetime.now(UTC),
        )
        statuses.append((told.status, "private" in told.words))
    assert statuses == [(200, False), (None, True), (None, True)]
    assert len(receiver.seen) == 1
    assert receiver.seen[0][0]["Host"].startswith("erp.nord.example")


def test_production_does_not_even_reach_loopback(
    deps: Deps, receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    strict = type(deps.teller)(key="k", allow_loopback=False)
    told = strict.tell(
        receiver.url,
        secret=deps.teller.secret_of(endpoint.id, 1),
        event_id=new_id(),
        body="{}",
        now=datetime.now(UTC),
    )
    assert told.status is None
    assert receiver.seen == []
