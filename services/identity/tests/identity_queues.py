"""Queues with something in them, and operators who look after them over HTTP."""

import json
from typing import Any
from uuid import UUID

from identity_orders import completed
from identity_people import CSRF, Person
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from common.db import Database
from common.delivery import inbox
from common.delivery.outbound import plan_call
from common.delivery.sweeper import sweep
from common.delivery.tables import OperatorEntry
from common.ids import new_id
from common.testing.sessions import make_claims, sign_in
from devstack.world import cast
from identity.events import BuyerSignedIn

HOME, API = "/ops/identity", "/api/identity/v1/operations"
EVENT = "checkout.order_completed.v1"
POISON = "PeerUnavailable: checkout answered 503"


class OperatorsBrowser(Person):
    """Signed in as operator; speaks to the API, too, as a script with that session would."""

    def __init__(self, house: Any, **claims: Any) -> None:
        super().__init__(house.client())
        given = {"kind": "operator", "user_id": cast.OPERATOR.id, "role": "operator",
                 "display_name": "Aki Brandt"} | claims  # fmt: skip
        token = sign_in(house.deps.cache, make_claims(**given), kind="session")
        self.client.set_cookie("s", token)

    def ask(self, path: str, **query: Any) -> Any:
        reply = self.client.get(f"{API}{path}", query_string=query)
        assert reply.status_code == 200, reply.text
        return reply.json

    def tell(self, path: str, body: Any = None, *, token: str | None = None) -> TestResponse:
        """Post to the API with the token of a page, or the one that is given."""
        found = CSRF.search(self.open("/signin").text)
        headers = {"X-CSRFToken": found.group(1) if found and token is None else token or ""}
        return self.client.post(f"{API}{path}", json=body, headers=headers)


def dead_orders(
    database: Database, *buyers: cast.Buyer, error: str = POISON
) -> list[dict[str, Any]]:
    """Let completed orders arrive and be given up for that error."""
    events = [completed(buyer) for buyer in buyers]
    inbox.write_receipts(database, events)
    give_up = "update inbox set attempts = 8, dead_at = now(), last_error = :error where event_id = any(:ids)"
    run(database, give_up, error=error, ids=[UUID(event["id"]) for event in events])
    return events


def waiting_order(database: Database, *, error: str | None = None) -> dict[str, Any]:
    event = completed(cast.AOYAMA)
    inbox.write_receipts(database, [event])
    run(database, "update inbox set attempts = 3, last_error = :error, next_attempt_at = now()"
        " + interval '1 hour' where event_id = :id", error=error, id=UUID(event["id"]))  # fmt: skip
    return event


def failed_call(database: Database, *, state: str, error: str, recipient: str = "box") -> UUID:
    """Plan an effect outside that stands at `state`, an hour before its next try."""
    with database.transaction() as session:
        call_id = plan_call(session, event_id=new_id(), kind="letter", recipient=recipient,
                            payload={}, maker_id=None, one_at_a_time="shop", after=3600)  # fmt: skip
    statement = "update outbound_call set state = :state, last_error = :error where id = :id"
    run(database, statement, state=state, error=error, id=call_id)
    return call_id


def add_job(database: Database, *, error: str | None = None) -> None:
    run(database, "insert into scheduled_job (name, every_seconds, next_run_at, last_error)"
        " values ('identity.tidy', 60, now() + interval '1 hour', :error)", error=error)  # fmt: skip


def a_fact() -> BuyerSignedIn:
    return BuyerSignedIn(
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        aggregate_id=cast.AOYAMA.id,
        session_id=new_id(),
        link_id=cast.OPEN.id,
        buyer_id=cast.AOYAMA.id,
        method="offline_login",
    )


def handle_due(database: Database) -> None:
    run(
        database,
        "update inbox set next_attempt_at = now() where next_attempt_at < now() + interval '9 s'",
    )
    sweep(database)


def run(database: Database, statement: str, **values: Any) -> None:
    with database.transaction() as session:
        session.execute(text(statement), values)


def count(database: Database, query: str) -> int:
    with database.transaction() as session:
        return int(session.scalar(text(f"select count(*) from {query}")) or 0)  # noqa: S608


def log_of(database: Database) -> list[dict[str, Any]]:
    """Return what the log says, oldest first."""
    with database.transaction() as session:
        rows = session.scalars(select(OperatorEntry).order_by(OperatorEntry.id)).all()
    names = ("actor_kind", "actor_id", "actor_name", "action", "subject", "reason", "number",
             "request_id")  # fmt: skip
    return [{name: getattr(row, name) for name in names} for row in rows]


def deeds(database: Database) -> list[tuple[str, int, str | None]]:
    """Return action, rows and reason of each entry, and check who it was and in which request."""
    rows = log_of(database)
    for row in rows:
        who = (row["actor_kind"], row["actor_id"], row["actor_name"])
        assert who == ("operator", cast.OPERATOR.id, "Aki Brandt")
        assert row["request_id"]
        json.dumps(row["subject"])
    return [(row["action"], row["number"], row["reason"]) for row in rows]
