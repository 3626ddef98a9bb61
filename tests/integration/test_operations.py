"""The operator's pages through the gateway: open to the operator, not there for anybody else."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text
from tests.integration.attacks import buyer_browser, client, staff_browser

from common.db import Database
from common.ids import new_id
from devstack.demo.browser import Browser
from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [pytest.mark.journey, pytest.mark.rule("K11")]
SERVICES = ("links", "identity", "catalog", "checkout", "notifications")
UNREAD = "checkout.nobody_reads_this.v1"
PATHS = ["/ops", *(f"/ops/{each}" for each in SERVICES),
         *(f"/ops/{each}/summary" for each in SERVICES),
         "/ops/links/letters", "/ops/catalog/outbox", "/ops/checkout/calls",
         "/ops/notifications/inbox", "/ops/identity/log",
         *(f"/api/{each}/v1/operations" for each in SERVICES)]  # fmt: skip


@pytest.fixture
def operator(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = Browser(world["gateway"])
    form = browser.open("/signin").form("Sign in")
    form.fill("Email", cast.OPERATOR.email).fill("Password", cast.PASSWORD).press()
    yield browser
    browser.close()


def test_the_operator_arrives_at_all_services(world: Mapping[str, Any], operator: Browser) -> None:
    assert operator.path == "/ops"
    for path in PATHS:
        operator.open(path, status=200)
    for path in ("/links", "/orders", "/buyers"):
        with client(world, operator) as http:
            reply = http.get(path, headers={"Accept": "text/html"})
            assert reply.status_code in (302, 303, 403, 404), path


@pytest.mark.parametrize("who", ["staff", "buyer"])
def test_for_others_it_is_not_there(world: Mapping[str, Any], make_buyer: Any, who: str) -> None:
    browser = (
        staff_browser(world, cast.OWNER) if who == "staff" else buyer_browser(world, make_buyer())
    )
    with client(world, browser) as http:
        replies = {path: http.get(path, headers={"Accept": "text/html"}) for path in PATHS}
    browser.close()
    told = {path: reply.status_code for path, reply in replies.items()}
    if who == "staff":
        assert set(told.values()) == {404}, told
        return
    # Buyers are nobody to it: pages ask to sign in, and theirs is no sign-in there.
    assert {told[path] for path in PATHS if path.startswith("/api/")} == {401}
    assert {told[path] for path in PATHS if path.startswith("/ops")} == {302}


def test_nobody_is_asked_to_sign_in(world: Mapping[str, Any]) -> None:
    with client(world) as http:
        reply = http.get("/ops/checkout", headers={"Accept": "text/html"})
        assert reply.status_code == 302
        assert reply.headers["location"].startswith("/signin?next=")
        assert http.get("/api/checkout/v1/operations").status_code == 401


def test_a_dead_letter_is_seen_and_skipped(stack: RunningStack, operator: Browser) -> None:
    event_id = plant_dead_letter(stack)
    operator.open("/ops/notifications/summary").expect("Needs a person")
    operator.open("/ops/notifications/letters").expect(UNREAD).expect(str(event_id))
    assert "hana@aoyama.example" not in operator.words
    token = operator.open("/ops/notifications").csrf_token
    form = [("csrf_token", token), ("kind", "event"), ("reason", "a test planted it")]
    operator.send("post", f"/ops/notifications/letters/{event_id}/skips", form, 200)
    operator.expect("It is skipped.").expect("a test planted it")
    operator.open("/ops/notifications/letters")
    assert UNREAD not in operator.words


def plant_dead_letter(stack: RunningStack) -> Any:
    """Let an event arrive at notifications that nobody reads, as the sweeper leaves it."""
    event_id = new_id()
    database = Database(stack.environment("notifications")["DATABASE_URL"])
    statement = text(
        "insert into inbox (event_id, producer, name, envelope, attempts, dead_at, last_error)"
        " values (:id, 'checkout', :name, '{}', 1, now(), 'nobody reads it for hana@aoyama.example')"
    )
    with database.transaction() as session:
        session.execute(statement, {"id": event_id, "name": UNREAD})
    database.close()
    return event_id
