"""What Prometheus reads after a journey: every promised number, by labels that cannot grow."""

import re
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.conftest import MakeBuyer

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn
from devstack.demo.main_job import Play, play_main_job
from devstack.testing.any_stack import AnyStack
from devstack.world import cast

pytestmark = pytest.mark.journey
Labels = frozenset[tuple[str, str]]
Samples = dict[str, dict[Labels, float]]
BOUNDED = {
    "http_requests_total": {"method", "route", "status"},
    "http_request_seconds_count": {"method", "route"},
    "orderlink_gate_results_total": {"result"},
    "orderlink_funnel_steps_total": {"step"},
    "orderlink_sign_ins_total": {"method", "result"},
    "orderlink_placings_total": {"result"},
    "orderlink_orders_total": {"payment_method"},
    "orderlink_outbound_outcomes_total": {"kind", "outcome"},
    "orderlink_outbound_done_seconds_count": {"kind"},
    "orderlink_events_handled_total": {"event", "result"},
    "orderlink_deliveries_sent_total": {"subscriber"},
    "orderlink_deliveries_acknowledged_total": {"subscriber"},
    "orderlink_job_runs_total": {"job_name", "result"},
    "orderlink_dead_letters": {"kind"},
    "orderlink_next_engine_token_seconds": set(),
    "orderlink_next_engine_companies": {"state"},
    "orderlink_db_connections_in_use": set(),
    "orderlink_db_connections_limit": set(),
    "orderlink_clock_offset_seconds": set(),
    "orderlink_database_answers": set(),
    "orderlink_broker_answers": set(),
    "orderlink_broker_memory_bytes": set(),
    "orderlink_broker_memory_limit_bytes": set(),
}
"""Each with its label names: what is promised to be there after a journey."""
FUNNEL = "orderlink_funnel_steps_total"
SOMEBODYS = re.compile(r"@|[0-9a-f]{8}-[0-9a-f]{4}-|[A-Z]{2,6}-[0-9]{8}|[^\x00-\x7f]")
"""An address, an id, an order's number, a name: none of it may be in a label."""


def scrape(stack: AnyStack) -> Samples:
    """Return every sample of all web processes, workers and relays, added up."""
    found: Samples = defaultdict(lambda: defaultdict(float))
    for address in stack.scraped():
        for family in text_string_to_metric_families(httpx.get(address, timeout=10).text):
            for sample in family.samples:
                found[sample.name][frozenset(sample.labels.items())] += sample.value
    return found


def scrape_settled(stack: AnyStack) -> Samples:
    """Scrape when what earlier tests set going has been counted: a sign-in is an event to links."""
    told, until = scrape(stack), time.monotonic() + 90
    while time.monotonic() < until:
        time.sleep(3)
        earlier, told = told, scrape(stack)
        waiting = sum(told["orderlink_outbox_deliveries"].values())
        if not waiting and told[FUNNEL] == earlier[FUNNEL]:
            break
    return told


def grown(before: Samples, after: Samples, name: str, **labels: str) -> float:
    wanted = frozenset(labels.items())
    return sum(
        value - before.get(name, {}).get(key, 0.0)
        for key, value in after.get(name, {}).items()
        if wanted <= key
    )


def test_a_journey_is_counted_step_by_step(
    stack: AnyStack, world: Mapping[str, Any], make_buyer: MakeBuyer
) -> None:
    buyer = make_buyer()
    before = scrape_settled(stack)
    play = Play(
        way=SignIn("offline_login", str(buyer.login_email), cast.PASSWORD),
        transition=True,
        link_name="Measured",
        catalogs=tuple(dict(catalog.names)["en"] for catalog in cast.CATALOGS),
        recipient=buyer.contact_email,
        outcomes=frozenset({"moved", "already_moved"}),
    )
    play_main_job(world, play, print)
    Browser(world["gateway"]).open("/l/AAAAAAAAAAAAAAAAAAAAAA", status=404)
    until, after = time.monotonic() + 90, scrape(stack)
    while grown(before, after, FUNNEL, step="ordered") < 2 and time.monotonic() < until:
        time.sleep(0.5)
        after = scrape(stack)

    assert (
        grown(before, after, "orderlink_sign_ins_total", method="offline_login", result="right")
        == 1
    )
    assert grown(before, after, "orderlink_placings_total", result="placed") == 1
    assert grown(before, after, "orderlink_orders_total", payment_method="outside") == 2
    assert grown(before, after, "orderlink_gate_results_total", result="unknown") == 1
    assert grown(before, after, "orderlink_gate_results_total", result="open") >= 1
    assert grown(before, after, FUNNEL, step="ordered") == 2
    assert grown(before, after, FUNNEL, step="signed_in") == 1
    uploads = {"kind": "next_engine_upload", "outcome": "done"}
    assert grown(before, after, "orderlink_outbound_outcomes_total", **uploads) >= 2
    assert grown(before, after, "orderlink_outbound_done_seconds_count", kind="mail") >= 1
    transitions = {"event": "identity.transition_changed.v1", "result": "processed"}
    assert grown(before, after, "orderlink_events_handled_total", **transitions) >= 1
    pages = {"method": "POST", "route": "/checkout/<token>", "status": "303"}
    assert grown(before, after, "http_requests_total", **pages) == 1


def test_all_that_is_promised_is_there_by_labels_that_name_nobody(stack: AnyStack) -> None:
    told = scrape(stack)
    for name, labels in BOUNDED.items():
        assert {frozenset(dict(key)) for key in told[name]} == {frozenset(labels)}, name
    values = {value for samples in told.values() for key in samples for _, value in key}
    assert not [value for value in values if SOMEBODYS.search(value)]
    assert told["orderlink_database_answers"][frozenset()] == len(stack.scraped())
    assert 0 < told["orderlink_next_engine_token_seconds"][frozenset()] < 4 * 24 * 3600


def test_nothing_of_it_is_shown_outside(world: Mapping[str, Any]) -> None:
    browser = Browser(world["gateway"])
    for path in ("/metrics", "/health/ready", "/internal/v1/deliveries/held"):
        browser.open(path, status=404)
