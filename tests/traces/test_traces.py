"""One order, one trace: from the click through every service to NEXT ENGINE and the mail server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import new_buyer
from tests.traces.receiver import Receiver, Seen, running_receiver

from common.db import Database
from devstack.demo.buyer import SignIn
from devstack.demo.main_job import ADDRESS, Play, play_main_job
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack, running_stack
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.gateways.passwords import Passwords

pytestmark = pytest.mark.journey
PLACING = "POST /checkout/<token>"
EDGES = (
    (("gateway", PLACING), ("checkout", PLACING)),
    (("checkout", PLACING), ("checkout", "ask links links/resolve")),
    (("checkout", "ask links links/resolve"), ("links", "POST /internal/v1/links/resolve")),
    (("checkout", "ask catalog prices/read"), ("catalog", "POST /internal/v1/prices/read")),
    (("checkout", "ask identity buyers/read"), ("identity", "POST /internal/v1/buyers/read")),
    (("checkout", PLACING), ("checkout", "publish checkout.order_completed.v1")),
    (
        ("checkout", "publish checkout.order_completed.v1"),
        ("identity", "handle checkout.order_completed.v1"),
    ),
    (
        ("checkout", "publish checkout.order_completed.v1"),
        ("links", "handle checkout.order_completed.v1"),
    ),
    (
        ("checkout", "publish checkout.order_completed.v1"),
        ("checkout", "handle checkout.order_completed.v1"),
    ),
    (
        ("checkout", "publish checkout.order_completed.v1"),
        ("notifications", "handle checkout.order_completed.v1"),
    ),
    (
        ("identity", "handle checkout.order_completed.v1"),
        ("identity", "publish identity.transition_changed.v1"),
    ),
    (
        ("identity", "publish identity.transition_changed.v1"),
        ("checkout", "handle identity.transition_changed.v1"),
    ),
    (
        ("checkout", "handle checkout.order_completed.v1"),
        ("checkout", "perform next_engine_upload"),
    ),
    (
        ("checkout", "perform next_engine_upload"),
        ("checkout", "NEXT ENGINE /api_v1_receiveorder_base/upload"),
    ),
    (("notifications", "handle checkout.order_completed.v1"), ("notifications", "perform mail")),
    (("notifications", "perform mail"), ("notifications", "SMTP")),
)
"""Who calls whom, or what follows from what: (service, span) above (service, span)."""


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with running_receiver() as running:
        yield running


@pytest.fixture(scope="module")
def stack(servers_folder: Path, receiver: Receiver) -> Iterator[RunningStack]:
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "300"}
    with running_stack(servers_folder / "traced", env=env) as running:
        yield running


@pytest.fixture(scope="module")
def trace(stack: RunningStack, receiver: Receiver) -> dict[str, Seen]:
    """Play an order by a buyer whose every secret is a canary, and return the order's trace."""
    buyer = new_buyer(1, contact_email="canary-contact@shop.example", passcode="canary-passcode-1")
    database = Database(stack.environment("identity")["DATABASE_URL"])
    with database.transaction(cast.MAKER_ID) as session:
        add_buyer(session, buyer, Passwords())
    database.close()
    play = Play(
        way=SignIn("brand_credentials", buyer.unique_code, str(buyer.passcode)),
        transition=True,
        link_name="Traced",
        catalogs=tuple(dict(catalog.names)["en"] for catalog in cast.CATALOGS),
        recipient=buyer.contact_email,
    )
    play_main_job(stack.world, play, print)
    return receiver.trace_with(PLACING, until=lambda seen: not missing(seen) and not orphans(seen))


def missing(trace: dict[str, Seen]) -> list[object]:
    """Return the edges that no pair of spans makes, however many spans are between."""
    return [edge for edge in EDGES if not any(has(trace, span, edge) for span in trace.values())]


def orphans(trace: dict[str, Seen]) -> list[Seen]:
    """Return the spans whose parent has not arrived: processes send theirs at their own times."""
    return [span for span in trace.values() if span.parent_id and span.parent_id not in trace]


def has(trace: dict[str, Seen], span: Seen, edge: tuple[tuple[str, str], tuple[str, str]]) -> bool:
    above, below = edge
    parent = trace.get(span.parent_id)
    return (
        (span.service, span.name) == below
        and parent is not None
        and (parent.service, parent.name) == above
    )


def test_an_order_is_one_trace_from_the_click_to_upload_and_mail(trace: dict[str, Seen]) -> None:
    assert missing(trace) == []
    [root] = [span for span in trace.values() if not span.parent_id]
    assert (root.service, root.name) == ("gateway", PLACING)
    assert orphans(trace) == []
    assert {span.service for span in trace.values()} == {"gateway", *SERVICES}
    server = next(s for s in trace.values() if s.parent_id == root.span_id)
    assert root.began <= server.began <= server.ended <= root.ended
    assert server.attributes["http.status"] == "303"


def test_a_trace_has_the_id_that_the_logs_have(trace: dict[str, Seen], stack: RunningStack) -> None:
    [root] = [span for span in trace.values() if not span.parent_id]
    lines = [json.loads(line) for line in stack.log("gateway").splitlines() if line.startswith("{")]
    assert root.trace_id in {line.get("request_id") for line in lines}


def test_statements_are_told_without_what_was_filled_in(trace: dict[str, Seen]) -> None:
    told = [
        span.attributes["db.query.text"]
        for span in trace.values()
        if "db.query.text" in span.attributes
    ]
    assert any("insert into orders" in text.lower() for text in told)
    assert not any("Traced" in text for text in told)


@pytest.mark.rule("R33", "R54")
def test_no_secret_is_in_spans_or_logs(
    trace: dict[str, Seen], receiver: Receiver, stack: RunningStack
) -> None:
    canaries = secrets_of(stack)
    spans = b"\n".join(receiver.raw).decode(errors="replace")
    # The supervisor's own words tell whoever started it the demo world's sign-ins, on purpose.
    said = [path for path in stack.places.logs.glob("*.log") if path.stem != "stack"]
    logs = "\n".join(path.read_text(errors="replace") for path in said)
    assert len(trace) > 50
    assert len(logs) > 5000
    assert [each for each in canaries if each in spans] == []
    assert [each for each in canaries if each in logs] == []


def secrets_of(stack: RunningStack) -> list[str]:
    """Return what was typed, what we hold, and where somebody lives: none of it may be told."""
    typed = [
        cast.PASSWORD,
        "canary-passcode-1",
        "canary-contact@shop.example",
        *ADDRESS["JP"].values(),
    ]
    tokens = [link["token"] for link in stack.world["links"].values()]
    held = [stack.environment("checkout")[name] for name in ("SECRET_KEY", "TOKEN_ENCRYPTION_KEY")]
    return [each for each in (*typed, *tokens, *held) if len(each) > 3]
