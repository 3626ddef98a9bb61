"""Who came how far on a link: machines apart from people, each step once for each visitor."""

import json
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from common.delivery.inbox import handle_event, write_receipts
from common.delivery.sweeper import sweep
from common.ids import new_id
from devstack.databases import ServiceDatabase
from links.deps import Deps
from links.jobs import counts, housekeeping

from .conftest import MAKER, signed_in
from .test_links import make

HANDLERS = counts
API = "/api/links/v1/links"


def statistics(staff: FlaskClient, deps: Deps, link: dict[str, Any]) -> dict[str, Any]:
    deps.tally.write()
    reply = staff.get(f"{API}/{link['id']}/statistics")
    assert reply.status_code == 200, reply.json
    return dict(reply.json or {})


def say(client: FlaskClient, link: dict[str, Any], step: str) -> int:
    return client.post(f"/l/{link['token']}/steps", json={"step": step}).status_code


def browser(app: Flask, mark: str) -> FlaskClient:
    """Return a browser that is not told apart from others by chance: it has a cookie of its own."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["csrf_token"] = mark * 40
    return client


def test_a_scanner_stays_a_machine(staff: FlaskClient, client: FlaskClient, deps: Deps) -> None:
    link = make(staff, passcode="spring-27")
    client.get(f"/l/{link['token']}")
    client.get(f"/l/{link['token']}")
    client.head(f"/l/{link['token']}")
    client.post(f"/l/{link['token']}", data={"passcode": "guess"})
    found = statistics(staff, deps, link)
    assert (found["machines"], found["people"], found["passed"]) == (2, 0, 0)


def test_a_person_is_counted_once_for_each_step(
    app: Flask, staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    link = make(staff)
    client.get(f"/l/{link['token']}")
    for step in ("seen", "seen", "browsed", "browsed", "added"):
        assert say(client, link, step) == 204
    assert say(browser(app, "2"), link, "seen") == 204
    found = statistics(staff, deps, link)
    assert (found["people"], found["browsed"], found["added"]) == (2, 1, 1)
    assert found["machines"] == 0
    assert found["days"][-1]["people"] == 2


def test_a_person_who_comes_back_is_no_machine(app: Flask, staff: FlaskClient, deps: Deps) -> None:
    link, other = make(staff), make(staff)
    person, address = browser(app, "3"), f"/l/{link['token']}"
    app.test_client().get(address)  # As a browser that was never here, without any cookie.
    say(person, link, "seen")
    for _ in range(3):
        person.get(address)
    app.test_client().get(address)  # A scanner.
    found = statistics(staff, deps, link)
    assert (found["people"], found["machines"]) == (1, 1)
    person.get(f"/l/{other['token']}")
    assert statistics(staff, deps, other)["machines"] == 1, "seen here is not seen there"


def test_openings_wait_for_a_database_that_is_away(
    staff: FlaskClient, client: FlaskClient, deps: Deps, store: ServiceDatabase
) -> None:
    link = make(staff)
    client.get(f"/l/{link['token']}")
    with psycopg.connect(store.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("alter table link_steps rename to gone")
        deps.tally.write()
        owner.execute("alter table gone rename to link_steps")
    assert statistics(staff, deps, link)["machines"] == 1


def test_a_writer_that_was_never_born_keeps_nobody_waiting(
    staff: FlaskClient, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where memory is short a thread may die before it begins; the gate must go on answering."""
    link = make(staff)
    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr("links.usecases.tally.start_new_thread", lambda *_: 0)
        short_of_memory.setattr("links.usecases.tally.OVERDUE_SECONDS", 0.0)
        client.get(f"/l/{link['token']}")
    time.sleep(1.5)
    client.get(f"/l/{link['token']}")
    until = time.monotonic() + 30
    while staff.get(f"{API}/{link['id']}/statistics").json["machines"] < 2:  # type: ignore[index]
        assert time.monotonic() < until, "not written"
        time.sleep(0.2)


def test_more_steps_than_people_take_are_refused(
    app: Flask, staff: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("links.web.steps.PER_MINUTE", 3)
    link, other = make(staff), make(staff)
    person = browser(app, "4")
    for _ in range(3):
        assert say(person, link, "seen") == 204
    refused = person.post(f"/l/{link['token']}/steps", json={"step": "seen"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert say(person, other, "seen") == 204


@pytest.mark.parametrize(
    "body",
    [
        {"step": "ordered"},
        {"step": "signed_in"},
        {"step": "seen", "minor": 1000000},
        {"step": "seen", "visitor": "somebody-else"},
        {},
        ["seen"],
    ],
)
def test_a_page_cannot_report_what_only_services_know(
    staff: FlaskClient, client: FlaskClient, deps: Deps, body: Any
) -> None:
    link = make(staff)
    assert client.post(f"/l/{link['token']}/steps", json=body).status_code in (400, 422)
    assert statistics(staff, deps, link)["ordered"] == 0


def test_an_unknown_link_has_no_steps(client: FlaskClient) -> None:
    assert client.post("/l/nobodyKnowsThisToken00/steps", json={}).status_code in (404, 422)
    body = {"step": "seen"}
    assert client.post("/l/nobodyKnowsThisToken00/steps", json=body).status_code == 404


def test_passing_the_passcode_is_counted(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    link = make(staff, passcode="spring-27")
    assert client.post(f"/l/{link['token']}", data={"passcode": "spring-27"}).status_code == 303
    assert statistics(staff, deps, link)["passed"] == 1


def test_sign_ins_and_orders_come_from_events_once(staff: FlaskClient, deps: Deps) -> None:
    link = make(staff)
    for name in ("identity.buyer_signed_in.v1", "checkout.order_completed.v1"):
        wire = json.loads(Path(f"docs/events/{name}.json").read_text())
        wire["id"], wire["payload"]["link_id"] = str(new_id()), link["id"]
        for event in (wire, wire, wire | {"id": str(new_id())}):
            for event_id in write_receipts(deps.database, [event]):
                handle_event(deps.database, event_id, at_once=True)
    with deps.database.transaction() as session:  # And all of them once more (I12).
        again = "update inbox set processed_at = null, attempts = 0, next_attempt_at = now()"
        session.execute(text(again))
    sweep(deps.database)
    found = statistics(staff, deps, link)
    assert found["signed_in"] == {"offline_login": 2}
    assert found["ordered"] == 2
    assert found["amounts"] == [{"minor": 28528, "currency": "JPY"}]
    page = staff.get(f"/links/{link['id']}/statistics").text
    assert "¥28,528" in page
    assert "<svg" in page


def test_visitors_are_forgotten_and_counts_stay(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    link = make(staff)
    say(client, link, "seen")
    with deps.database.transaction(MAKER) as session:
        session.execute(text("update link_steps_seen set seen_at = now() - interval '3 days'"))
    housekeeping.purge(deps, None)  # type: ignore[arg-type]
    with deps.database.transaction(MAKER) as session:
        assert session.scalar(text("select count(*) from link_steps_seen")) == 0
    assert statistics(staff, deps, link)["people"] == 1


@pytest.mark.rule("R203")
def test_statistics_are_walled_off(staff: FlaskClient, app: Flask, cache_url: str) -> None:
    link = make(staff)
    stranger = signed_in(app, cache_url, brand_ids=[new_id()])
    for path in (f"/links/{link['id']}/statistics", f"{API}/{link['id']}/statistics"):
        assert stranger.get(path).status_code == 404
