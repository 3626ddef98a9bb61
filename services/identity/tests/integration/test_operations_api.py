"""/api/identity/v1/operations: the same lists and deeds for an operator's scripts."""

import json
from typing import Any
from uuid import UUID

import pytest
from identity_orders import HANDLERS, outcome_of
from identity_people import CSRF
from identity_queues import (
    API,
    EVENT,
    POISON,
    OperatorsBrowser,
    a_fact,
    add_job,
    count,
    dead_orders,
    deeds,
    failed_call,
    handle_due,
    waiting_order,
)

from common.delivery.outbox import publish
from common.testing.sessions import make_claims, sign_in
from devstack.world import cast

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
assert HANDLERS
ACTS = ("/letters/{id}/replays", "/letters/{id}/skips", "/groups/replays", "/groups/skips",
        "/outbox/skips", "/hurries", "/jobs/identity.tidy/runs", "/pauses",
        "/pauses/endings")  # fmt: skip
LISTS = ("", "/letters", "/groups", "/outbox", "/inbox", "/calls", "/jobs", "/log")


@pytest.fixture
def ops(house: Any) -> OperatorsBrowser:
    return OperatorsBrowser(house)


@pytest.mark.rule("I14")
def test_a_dead_letter_is_replayed_once(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    [letter] = ops.ask("/letters")["rows"]
    assert letter["id"] == letter["event_id"] == event["id"]
    assert (letter["kind"], letter["name"], letter["error"]) == ("event", EVENT, POISON)
    assert (letter["attempts"], letter["maker_id"]) == (8, str(cast.MAKER_ID))
    assert 0 <= letter["age_seconds"] < 120
    where = f"/letters/{letter['id']}/replays"
    assert [ops.tell(where, {"kind": "event"}).json for _ in range(2)] == [
        {"number": 1},
        {"number": 0},
    ]
    handle_due(house.database)
    assert outcome_of(house.database, event) == "moved"
    assert deeds(house.database) == [("letter_replayed", 1, None)]
    assert ops.tell(where, {"kind": "call"}).status_code == 404
    [entry] = ops.ask("/log")["rows"]
    assert (entry["action"], entry["subject"]["id"]) == ("letter_replayed", event["id"])


def test_groups_are_replayed_and_skipped_as_told(house: Any, ops: OperatorsBrowser) -> None:
    dead_orders(house.database, cast.AOYAMA, cast.BROOKLYN)
    dead_orders(house.database, cast.MARAIS, error="KeyError: 'lines'")
    many, one = ops.ask("/groups")
    assert (many["number"], one["number"]) == (2, 1)
    wanted = {name: many[name] for name in ("kind", "name", "error_key")}
    late = ops.tell("/groups/replays", {**wanted, "expected": 3})
    assert (late.status_code, late.json["code"]) == (409, "number_changed")
    assert ops.tell("/groups/replays", {**wanted, "expected": 2}).json == {"number": 2}
    rest = {"kind": "event", "name": EVENT, "expected": 1}
    refused = ops.tell("/groups/skips", {**rest, "reason": ""})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "reason")
    assert ops.tell("/groups/skips", {**rest, "reason": "they left"}).json == {"number": 1}
    assert deeds(house.database) == [
        ("group_replayed", 2, None),
        ("group_skipped", 1, "they left"),
    ]
    assert ops.ask("")["dead"] == 0


def test_too_many_replays_are_told_when_to_come_back(
    house: Any, ops: OperatorsBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.operations.pace.EACH_MINUTE", 1)
    first, second = dead_orders(house.database, cast.AOYAMA, cast.BROOKLYN)
    assert ops.tell(f"/letters/{first['id']}/replays", {"kind": "event"}).json == {"number": 1}
    refused = ops.tell(f"/letters/{second['id']}/replays", {"kind": "event"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert count(house.database, "inbox where dead_at is not null") == 1
    page = ops.send("/ops/identity/groups/replays", on="/ops/identity", kind="event",
                    name=EVENT, expected="1")  # fmt: skip
    assert (page.status_code, "Please wait a minute." in page.text) == (429, True)
    assert len(deeds(house.database)) == 1


def test_every_list_gives_age_and_reason(house: Any, ops: OperatorsBrowser) -> None:
    waiting_order(house.database, error="TimeoutError: checkout")
    failed_call(house.database, state="unknown", error="timed out")
    with house.database.transaction() as session:
        event_id = publish(session, a_fact())
    [owed] = ops.ask("/outbox", name="links")["rows"]
    assert (owed["id"], owed["reason"], owed["destination"]) == (
        str(event_id), "not_tried", "links")  # fmt: skip
    [arrived] = ops.ask("/inbox")["rows"]
    assert (arrived["reason"], arrived["error"], arrived["attempts"]) == (
        "failed", "TimeoutError: checkout", 3)  # fmt: skip
    [call] = ops.ask("/calls", state="unknown", name="letter")["rows"]
    assert (call["reason"], call["error"], call["key"]) == ("failed", "timed out", "shop")
    assert all(0 <= row["age_seconds"] < 120 for row in (owed, arrived, call))
    assert ops.ask("/outbox", older_than=3600)["rows"] == []
    assert ops.ask("/calls", state="accepted")["rows"] == []
    skipped = {"event_id": str(event_id), "subscriber": "links", "reason": "by hand"}
    assert [ops.tell("/outbox/skips", skipped).json["number"] for _ in range(2)] == [1, 0]
    assert ops.ask("/outbox", name="links")["rows"] == []


def test_pages_of_a_list_follow_each_other(house: Any, ops: OperatorsBrowser) -> None:
    events = dead_orders(house.database, *[cast.AOYAMA] * 5)
    seen, after = [], {}
    for rows in (2, 2, 1):
        page = ops.ask("/letters", limit=2, **after)
        assert len(page["rows"]) == rows
        seen += [row["id"] for row in page["rows"]]
        after = {"after": page["next_after"]}
    assert after == {"after": None}
    assert sorted(seen) == sorted(event["id"] for event in events)
    for path in ("/letters", "/outbox", "/inbox", "/calls"):
        reply = ops.client.get(f"{API}{path}?after=there")
        assert (reply.status_code, reply.json["errors"][0]["field"]) == (422, "after")


def test_pauses_jobs_and_hurrying(house: Any, ops: OperatorsBrowser) -> None:
    add_job(house.database, error="RuntimeError: tel 03-1234-5678")
    failed_call(house.database, state="unknown", error="timed out")
    [job] = ops.ask("/jobs")
    assert (job["state"], job["error"]) == ("failed", "RuntimeError: tel …")
    assert ops.ask("")["jobs"] == [job]
    assert ops.tell("/jobs/identity.tidy/runs").json == {"number": 1}
    assert ops.tell("/jobs/identity.untidy/runs").status_code == 404
    letter = {"kind": "effect", "name": "letter", "key": "shop"}
    assert ops.tell("/pauses", {**letter, "reason": "they move"}).status_code == 201
    [held] = ops.ask("")["pauses"]
    assert (held["name"], held["reason"], held["paused_by"]) == (
        "letter",
        "they move",
        "Aki Brandt",
    )
    assert ops.ask("/calls")["rows"][0]["reason"] == "paused"
    assert ops.tell("/pauses", {**letter, "reason": "again"}).status_code == 409
    assert ops.tell("/hurries", letter).json == {"number": 1}
    assert ops.tell("/pauses/endings", letter).json == []
    assert ops.tell("/pauses/endings", letter).status_code == 404
    assert [deed for deed, _, _ in deeds(house.database)] == [
        "job_hurried", "paused", "hurried", "resumed"]  # fmt: skip


def test_no_answer_shows_what_errors_quote(house: Any, ops: OperatorsBrowser) -> None:
    canaries = ("hana@aoyama.example", "03-1234-5678", "winter-2024", "nobodyKnowsThisToken00")
    error = "said {} {} passcode={} /l/{}".format(*canaries)
    dead_orders(house.database, cast.AOYAMA, error=error)
    waiting_order(house.database, error=error)
    failed_call(house.database, state="unknown", error=error, recipient=canaries[0])
    add_job(house.database, error=error)
    ops.tell("/pauses", {"kind": "effect", "name": "letter", "reason": error})
    for path in LISTS:
        said = json.dumps(ops.ask(path), ensure_ascii=False)
        assert [each for each in canaries if each in said] == [], path
        assert path == "/outbox" or "said" in said, path


def somebody(house: Any, who: str) -> tuple[OperatorsBrowser, dict[str, str]]:
    """Return a browser that is signed in as `who`, and what its requests carry besides."""
    owner = {"user_id": cast.OWNER.id, "maker_id": cast.MAKER_ID, "role": "primary_owner",
             "brand_ids": [cast.NORD.id], "scopes": ["identity:write"]}  # fmt: skip
    browser = OperatorsBrowser(house, kind=who, **(owner if who == "staff" else {}))
    if who in ("staff", "user"):
        return browser, {}
    browser.client.delete_cookie("s")
    if who == "nobody":
        return browser, {}
    cache = house.deps.cache
    if who == "api_key":
        key = sign_in(cache, make_claims(kind=who, **owner), kind=who)
        return browser, {"Authorization": f"Bearer {key}"}
    claims = make_claims(kind=who, link_id=cast.OPEN.id)
    browser.client.set_cookie("b", sign_in(cache, claims, kind=who, link_id=cast.OPEN.id))
    return browser, {}


@pytest.mark.parametrize("who", ["nobody", "staff", "user", "buyer", "api_key"])
def test_only_operators_are_answered(house: Any, ops: OperatorsBrowser, who: str) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    browser, headers = somebody(house, who)
    expected = 401 if who in ("nobody", "buyer") else 404
    for path in LISTS:
        assert browser.client.get(f"{API}{path}", headers=headers).status_code == expected, path
    found = CSRF.search(browser.open("/signin").text)
    token = {"X-CSRFToken": found.group(1) if found else ""}
    body = {"kind": "event", "name": EVENT, "expected": 1, "reason": "x", "subscriber": "links",
            "event_id": event["id"]}  # fmt: skip
    for path in ACTS:
        where = f"{API}{path.format(id=event['id'])}"
        reply = browser.client.post(where, json=body, headers={**token, **headers})
        assert reply.status_code == expected, (path, reply.text)
    assert count(house.database, "inbox where dead_at is not null") == 1
    assert deeds(house.database) == []


def test_a_script_needs_the_pages_token(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    for path in ACTS:
        reply = ops.tell(path.format(id=event["id"]), {"kind": "event"}, token="made up")
        assert reply.status_code == 403, path
    assert UUID(event["id"])
    assert deeds(house.database) == []
