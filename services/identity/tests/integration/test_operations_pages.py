"""/ops/identity as an operator uses it: every button does its deed once and is written down."""

import re
from typing import Any

import pytest
from identity_orders import HANDLERS, outcome_of, published
from identity_people import Person
from identity_queues import (
    EVENT,
    HOME,
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

from common.delivery.outbound import Done, Kind
from common.delivery.outbound_leases import claim_call
from common.delivery.outbox import publish
from common.delivery.relay import claim_batch
from common.operations.masking import masked
from devstack.world import cast

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
assert HANDLERS
LETTER = Kind("letter", lambda *_: Done(), 60, 2, 30, None)


@pytest.fixture
def ops(house: Any) -> OperatorsBrowser:
    return OperatorsBrowser(house)


def letter_id(ops: OperatorsBrowser) -> str:
    ops.open(f"{HOME}/letters")
    return re.findall(rf"{HOME}/letters/([0-9a-f-]{{36}})/replays", ops.page)[0]


@pytest.mark.rule("I14")
def test_a_dead_order_replayed_moves_its_buyer_once(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    ops.open(HOME)
    assert POISON in ops.page
    found = letter_id(ops)
    assert found == event["id"]
    for words in ("It is tried anew.", "It is no dead letter any more."):
        reply = ops.send(f"{HOME}/letters/{found}/replays", on=HOME, kind="event",
                         back=f"{HOME}/letters?kind=event")  # fmt: skip
        assert (reply.status_code, reply.headers["Location"]) == (303, f"{HOME}/letters?kind=event")
        assert words in ops.open(f"{HOME}/letters").text
    handle_due(house.database)
    assert outcome_of(house.database, event) == "moved"
    ops.send(f"{HOME}/letters/{found}/replays", on=HOME, kind="event")
    handle_due(house.database)
    assert len(published(house.database, "identity.transition_changed.v1")) == 1
    assert deeds(house.database) == [("letter_replayed", 1, None)]
    page = ops.open(f"{HOME}/log").text
    assert "Dead letter replayed" in page
    assert found in page
    assert "Aki Brandt" in page


def test_skipping_needs_a_reason_and_is_for_good(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    where = f"{HOME}/letters/{event['id']}/skips"
    ops.send(where, on=HOME, kind="event", reason=" ")
    assert "Please say why" in ops.open(HOME).text
    assert count(house.database, "inbox where dead_at is not null") == 1
    ops.send(where, on=HOME, kind="event", reason="asked for by hana@aoyama.example")
    assert "It is skipped." in ops.open(HOME).text
    ops.send(f"{HOME}/letters/{event['id']}/replays", on=HOME, kind="event")
    handle_due(house.database)
    assert outcome_of(house.database, event) is None
    assert deeds(house.database) == [("letter_skipped", 1, "asked for by …@…")]


def test_a_group_is_shown_before_it_is_replayed(house: Any, ops: OperatorsBrowser) -> None:
    events = dead_orders(house.database, cast.AOYAMA, cast.BROOKLYN)
    dead_orders(house.database, cast.MARAIS, error="KeyError: 'lines'")
    ops.open(f"{HOME}/letters?kind=event&name={EVENT}")
    address = next(
        found.replace("&amp;", "&")
        for found in re.findall(rf'href="({HOME}/groups[^"]+)"', ops.open(HOME).text)
    )
    page = ops.open(address).text
    assert "2 dead letters" in page
    fields = dict(re.findall(r'name="(kind|name|error_key|expected)" value="([^"]*)"', page))
    changed = ops.send(f"{HOME}/groups/replays", on=address, **{**fields, "expected": "1"})
    assert changed.status_code == 409
    assert "The group has changed meanwhile." in ops.page
    assert ops.send(f"{HOME}/groups/replays", on=address, **fields).status_code == 303
    assert "2 are tried anew." in ops.open(HOME).text
    handle_due(house.database)
    assert [outcome_of(house.database, event) for event in events] == ["moved", "moved"]
    reply = ops.open(address)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{HOME}/letters")
    assert deeds(house.database) == [("group_replayed", 2, None)]


def test_a_group_is_skipped_with_its_reason(house: Any, ops: OperatorsBrowser) -> None:
    failed_call(house.database, state="dead", error="550 no such box", recipient="one")
    failed_call(house.database, state="dead", error="550 no such box", recipient="two")
    fields = {"kind": "call", "name": "letter", "expected": "2"}
    assert ops.send(f"{HOME}/groups/skips", on=HOME, **fields, reason="").status_code == 422
    assert "Please say why" in ops.page
    ops.send(f"{HOME}/groups/skips", on=HOME, **fields, reason="the shop has closed")
    assert count(house.database, "outbound_call where skipped_at is not null") == 2
    assert deeds(house.database) == [("group_skipped", 2, "the shop has closed")]


def test_a_pause_holds_calls_back_and_a_resume_lets_them_go(
    house: Any, ops: OperatorsBrowser
) -> None:
    failed_call(house.database, state="unknown", error="timed out")
    letter = {"kind": "effect", "name": "letter", "key": ""}
    refused = ops.send(f"{HOME}/pauses", on=HOME, **letter, reason="")
    assert (refused.status_code, "Please say why" in ops.page) == (422, True)
    nothing = ops.send(f"{HOME}/pauses", on=HOME, **{**letter, "name": "lettre"}, reason="x")
    assert (nothing.status_code, "nothing to do with that" in ops.page) == (422, True)
    assert ops.send(f"{HOME}/pauses", on=HOME, **letter, reason="they move").status_code == 303
    assert ops.send(f"{HOME}/pauses", on=HOME, **letter, reason="again").status_code == 409
    assert "they move" in ops.open(f"{HOME}/calls").text
    ops.send(f"{HOME}/hurries", on=HOME, **letter)
    assert claim_call(house.database, LETTER) is None
    ops.send(f"{HOME}/pauses/endings", on=HOME, **letter)
    assert claim_call(house.database, LETTER) is not None
    ops.send(f"{HOME}/pauses/endings", on=HOME, **letter)
    assert "This is not paused." in ops.open(HOME).text
    deed = [("paused", 1, "they move"), ("hurried", 1, None), ("resumed", 1, None)]
    assert deeds(house.database) == deed


def test_a_paused_subscriber_is_sent_nothing(house: Any, ops: OperatorsBrowser) -> None:
    with house.database.transaction() as session:
        event_id = publish(session, a_fact())
    links = {"kind": "subscriber", "name": "links"}
    ops.send(f"{HOME}/pauses", on=HOME, **links, reason="links is restored")
    assert claim_batch(house.database, "links").event_ids == []
    assert "links is restored" in ops.open(f"{HOME}/outbox?name=links").text
    ops.send(f"{HOME}/pauses/endings", on=HOME, **links)
    assert claim_batch(house.database, "links").event_ids == [event_id]
    assert "Sent, not acknowledged yet" in ops.open(f"{HOME}/outbox?name=links").text
    where = f"{HOME}/outbox/{event_id}/skips"
    ops.send(where, on=HOME, subscriber="links", reason="links has it by hand",
             back=f"{HOME}/outbox?name=links")  # fmt: skip
    assert count(house.database, "outbox_delivery where state = 'skipped'") == 1
    assert deeds(house.database)[2:] == [("delivery_skipped", 1, "links has it by hand")]
    assert ops.send(where, on=HOME, subscriber="nobody", reason="x").status_code == 404


def test_a_job_runs_now(house: Any, ops: OperatorsBrowser) -> None:
    add_job(house.database)
    assert f"{HOME}/jobs/identity.tidy/runs" in ops.open(HOME).text
    ops.send(f"{HOME}/jobs/identity.tidy/runs", on=HOME)
    assert count(house.database, "scheduled_job where next_run_at <= now()") == 1
    assert ops.send(f"{HOME}/jobs/nothing/runs", on=HOME).status_code == 404
    assert deeds(house.database) == [("job_hurried", 1, None)]


def test_lists_are_leafed_through_and_narrowed_down(house: Any, ops: OperatorsBrowser) -> None:
    events = dead_orders(house.database, *[cast.AOYAMA] * 51)
    seen, address = set(), f"{HOME}/letters?kind=event"
    for rows in (50, 1):
        page = ops.open(address).text
        found = re.findall(rf"{HOME}/letters/([0-9a-f-]{{36}})/replays", page)
        assert len(found) == rows
        seen |= set(found)
        following = re.findall(r'rel="next" href="([^"]+)"', page)
        address = following[0].replace("&amp;", "&") if following else ""
    assert (seen, address) == ({event["id"] for event in events}, "")
    assert "No dead letter fits." in ops.open(f"{HOME}/letters?kind=call").text
    assert "No dead letter fits." in ops.open(f"{HOME}/letters?older_than=3600").text
    assert ops.open(f"{HOME}/letters?after=nonsense").status_code == 422
    assert ops.open(f"{HOME}/letters?kind=nonsense").status_code == 422


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_shows_what_errors_quote(house: Any, ops: OperatorsBrowser, language: str) -> None:
    canaries = ("hana@aoyama.example", "03-1234-5678", "4242424242424242", "winter-2024",
                "nobodyKnowsThisToken00", "渋谷区神宮前1-2-3")  # fmt: skip
    error = "said {} {} {} passcode={} /l/{} 東京都{}".format(*canaries)
    dead_orders(house.database, cast.AOYAMA, error=error)
    waiting_order(house.database, error=error)
    failed_call(house.database, state="dead", error=error, recipient="one")
    failed_call(house.database, state="unknown", error=error, recipient=canaries[0])
    add_job(house.database, error=error)
    ops.send(f"{HOME}/pauses", on=HOME, kind="effect", name="letter", reason=error)
    ops.client.set_cookie("language", language)
    group = f"{HOME}/groups?kind=event&name={EVENT}"
    for path in ("", "/letters", "/inbox", "/calls", "/log", "/summary"):
        page = ops.open(HOME + path).text
        assert [each for each in canaries if each in page] == [], path
        assert path == "/summary" or masked(error).split()[0] in page
    assert [each for each in canaries if each in ops.open(group).text] == []


def test_a_form_needs_its_token(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    for path in (f"/letters/{event['id']}/replays", f"/letters/{event['id']}/skips", "/pauses",
                 "/groups/replays", "/groups/skips", "/pauses/endings", "/hurries",
                 f"/outbox/{event['id']}/skips", "/jobs/identity.tidy/runs"):  # fmt: skip
        fields = {"kind": "event", "name": EVENT, "expected": "1", "reason": "x"}
        for token in ({}, {"csrf_token": "made up"}):
            reply = ops.client.post(HOME + path, data={**fields, **token})
            assert reply.status_code == 403, path
    assert count(house.database, "inbox where dead_at is not null") == 1
    assert deeds(house.database) == []


def test_nobody_is_led_elsewhere(house: Any, ops: OperatorsBrowser) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    split = f"{HOME}?kind=event\r\nSet-Cookie: s=evil"
    for wish in ("https://evil.example", "//evil.example", "/account", f"{HOME}.evil", split):
        reply = ops.send(f"{HOME}/letters/{event['id']}/replays", on=HOME, kind="event", back=wish)
        assert reply.headers["Location"] == HOME


def test_who_is_no_operator_finds_nothing(house: Any, person: Person) -> None:
    [event] = dead_orders(house.database, cast.AOYAMA)
    staff = OperatorsBrowser(house, kind="staff", user_id=cast.OWNER.id, role="primary_owner",
                             maker_id=cast.MAKER_ID)  # fmt: skip
    user = OperatorsBrowser(house, kind="user", role=None)
    paths = ("", "/letters", "/outbox", "/inbox", "/calls", "/log", "/groups", "/summary")
    for path in paths:
        assert [each.open(HOME + path).status_code for each in (staff, user)] == [404, 404], path
        assert person.open(HOME + path).status_code == 302
    replay = f"{HOME}/letters/{event['id']}/replays"
    for each in (staff, user):
        assert each.send(replay, on="/signin", kind="event").status_code == 404
    assert person.send(replay, on="/signin", kind="event").status_code == 302
    assert count(house.database, "inbox where dead_at is not null") == 1
