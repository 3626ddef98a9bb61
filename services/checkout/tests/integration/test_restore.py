"""A database put back to an earlier moment: what must not happen twice does not (I18, F39)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from common.backup import Manifest, UnusableBackup, back_up, list_seen, resend, restore
from common.backup.manifest import DUMP
from common.clock import utc_now
from common.db import Database
from common.delivery import plan_call
from common.delivery.outbox import WRITE
from common.ids import first_id_at, new_id

pytestmark = pytest.mark.integration

MAKER, BRAND, AGGREGATE = (UUID(int=number) for number in (1, 2, 3))
FILL = (
    "insert into order_number_sequences (brand_id, prefix, last, maker_id) "
    "values (:brand, 'ND', 7, :maker)",
    "insert into aggregate_sequence (aggregate_id, seq) values (:aggregate, 4)",
)
IDS = {"brand": BRAND, "maker": MAKER, "aggregate": AGGREGATE}
CALL = text(
    "insert into outbound_call (id, event_id, kind, recipient, payload, state) "
    "values (:id, :id, 'upload', 'shop', '{}', :state)"
)
SENT = text(
    "insert into outbox_event (id, name, aggregate_id, aggregate_seq, envelope) "
    "values (:id, 'checkout.order_completed.v1', :id, 1, '{}')"
)
OWED = text(
    "insert into outbox_delivery (event_id, subscriber, size, state, acked_at) "
    "values (:id, :subscriber, 2, :state, :at)"
)
SEEN = text(
    "insert into inbox (event_id, producer, name, envelope) values "
    "(:id, 'identity', 'identity.transition_changed.v1', '{\"aggregate\": {\"id\": \"x\"}}')"
)


@pytest.fixture
def checkout(postgres: Any, make_service_database: Any, tmp_path: Path) -> Iterator["Vault"]:
    vault = Vault(postgres, make_service_database("checkout"), tmp_path)
    yield vault
    vault.close()


class Vault:
    """Checkout's database, and the address of the one who sees all of it."""

    def __init__(self, postgres: Any, made: Any, folder: Path) -> None:
        self.address, self.folder = postgres.url(made.name), folder / "backup"
        self._url = made.url
        self.app = Database(made.url)

    def run(self, statement: Any, **values: object) -> None:
        with self.app.transaction(MAKER) as session:
            session.execute(text(statement) if isinstance(statement, str) else statement, values)

    def one(self, query: str) -> object:
        with self.app.transaction(MAKER) as session:
            return session.scalar(text(query))

    def back_up(self) -> Manifest:
        return back_up("checkout", database=self.address, storage=None, to=self.folder)

    def restore(self, *, is_replaced: bool = True) -> None:
        self.app.close()
        restore(
            "checkout", database=self.address, storage=None, source=self.folder, replace=is_replaced
        )
        self.app = Database(self._url)

    def restore_beside_others(self) -> None:
        restore("checkout", database=self.address, storage=None, source=self.folder, replace=True)

    def close(self) -> None:
        self.app.close()


def test_what_was_committed_before_is_there_walled_off_and_nothing_since(checkout: Vault) -> None:
    for statement in FILL:
        checkout.run(statement, **IDS)
    checkout.back_up()
    checkout.run(SENT, id=new_id())

    checkout.restore()

    assert checkout.one("select count(*) from outbox_event") == 0
    assert checkout.one("select prefix from order_number_sequences") == "ND"
    with checkout.app.transaction(UUID(int=9)) as another:
        assert another.scalar(text("select count(*) from order_number_sequences")) == 0


def test_numbers_that_others_may_know_are_not_given_again(checkout: Vault) -> None:
    for statement in FILL:
        checkout.run(statement, **IDS)
    checkout.back_up()
    checkout.restore()

    assert checkout.one("select last from order_number_sequences") == 10_007
    assert checkout.one("select seq from aggregate_sequence") == 10_004


def test_what_was_forgotten_altogether_is_counted_from_where_nobody_has_seen_it(
    checkout: Vault,
) -> None:
    for leap in (10_000, 20_000):
        checkout.folder = checkout.folder.with_name(f"backup {leap}")
        checkout.run(FILL[1], aggregate=new_id())
        checkout.back_up()
        forgotten = new_id()
        count(checkout, forgotten)
        checkout.restore()
        assert count(checkout, forgotten) == leap + 1
        assert count(checkout, forgotten) == leap + 2


def test_effects_that_may_have_happened_since_ask_before_they_act(checkout: Vault) -> None:
    owed, under_way, done = new_id(), new_id(), new_id()
    for call_id, state in ((owed, "pending"), (under_way, "sending"), (done, "done")):
        checkout.run(CALL, id=call_id, state=state)
    checkout.back_up()
    checkout.restore()
    older = first_id_at(utc_now() - timedelta(minutes=10))
    younger = first_id_at(utc_now() + timedelta(hours=1))
    with checkout.app.transaction() as session:
        for event_id in (older, younger):
            plan_call(
                session,
                event_id=event_id,
                kind="upload",
                recipient="shop",
                payload={},
                maker_id=None,
            )

    def state(event_id: UUID) -> object:
        return checkout.one(f"select state from outbound_call where event_id = '{event_id}'")  # noqa: S608

    assert [state(each) for each in (owed, under_way, done)] == ["unknown", "unknown", "done"]
    assert [state(older), state(younger)] == ["unknown", "pending"]


def count(checkout: Vault, aggregate: UUID) -> object:
    """Publish an event of the aggregate that nobody subscribes; return its number."""
    event = {"id": new_id(), "name": "checkout.counted.v1", "aggregate_id": aggregate}
    more = {"maker_id": None, "envelope": '{"aggregate": {}}', "size": 2, "subscribers": []}
    checkout.run(WRITE, **event, **more)
    return checkout.one(f"select seq from aggregate_sequence where aggregate_id = '{aggregate}'")  # noqa: S608


def test_a_restore_refuses_what_would_do_harm_and_touches_nothing(checkout: Vault) -> None:
    manifest = checkout.back_up()
    checkout.run(FILL[1], aggregate=AGGREGATE)
    with pytest.raises(UnusableBackup, match="not empty"):
        checkout.restore(is_replaced=False)
    replace(manifest, schema="9999_of_tomorrow").write(checkout.folder)
    with pytest.raises(UnusableBackup, match="newer"):
        checkout.restore()
    replace(manifest, service="links").write(checkout.folder)
    with pytest.raises(UnusableBackup, match="of links"):
        checkout.restore()
    manifest.write(checkout.folder)
    with checkout.app.transaction() as session:
        session.scalar(text("select 1"))
        with pytest.raises(UnusableBackup, match="stop the service"):
            checkout.restore_beside_others()
    with (checkout.folder / DUMP).open("ab") as dump:
        dump.write(b"?")
    with pytest.raises(UnusableBackup, match="not the file"):
        checkout.restore()

    assert checkout.one("select seq from aggregate_sequence") == 4


def test_producers_owe_again_what_was_acknowledged_since(checkout: Vault) -> None:
    since = datetime(2026, 11, 1, 12, tzinfo=UTC)
    for minutes, subscriber in ((-1, "identity"), (1, "identity"), (2, "links")):
        event_id = new_id()
        checkout.run(SENT, id=event_id)
        at = since + timedelta(minutes=minutes)
        checkout.run(OWED, id=event_id, subscriber=subscriber, state="acked", at=at)

    assert resend(checkout.app, subscriber="identity", since=since) == 1
    assert resend(checkout.app, subscriber="identity", since=since) == 0
    assert checkout.one("select count(*) from outbox_delivery where state = 'pending'") == 1


def test_what_came_from_a_restored_service_is_listed(checkout: Vault) -> None:
    event_id = new_id()
    checkout.run(SEEN, id=event_id)
    hour_ago = utc_now() - timedelta(hours=1)

    assert list_seen(checkout.app, producer="identity", since=hour_ago) == [
        (str(event_id), "identity.transition_changed.v1", "x")
    ]
    assert list_seen(checkout.app, producer="links", since=hour_ago) == []
