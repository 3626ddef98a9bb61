"""A toy service for the delivery tests: `python service.py <role>` with the usual environment.

alpha publishes things; alpha and beta write each down in their ledger, and beta sends a letter
for each and tells alpha. Tables without any key: what happens twice is there twice.
"""

import os
import sys
import time
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import fields
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery import (
    Call,
    Done,
    Envelope,
    Event,
    EventIn,
    JobRun,
    OutboundCall,
    Outcome,
    every,
    on_event,
    outbound_kind,
    plan_call,
    publish,
)
from common.delivery.worker import run_worker
from common.deps import BaseDeps, connect
from common.logs import set_up_logs
from common.settings import Settings

HUNGRY = 666_666
"""Whose handler eats memory."""
BETA_MAKER = UUID("01930000-0000-7000-8000-000000000001")


@dataclass(frozen=True, kw_only=True)
class ThingHappened(Event):
    name: ClassVar[str] = "alpha.thing_happened.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("alpha", "beta")
    number: int


@dataclass(frozen=True, kw_only=True)
class ThingSeen(Event):
    name: ClassVar[str] = "beta.thing_seen.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("alpha",)
    number: int


def thing(number: int) -> ThingHappened:
    return ThingHappened(
        number=number, maker_id=BETA_MAKER, brand_id=None, aggregate_id=UUID(int=number + 1)
    )


def hoard() -> None:
    """Take memory until there is none."""
    kept = []
    while True:
        kept.append(bytearray(8 * 1024 * 1024))


class ThingIn(EventIn):
    number = fields.Integer(required=True)


def write_down(session: Session, envelope: Envelope, number: int) -> None:
    if number < 0:
        raise RuntimeError("poison")
    if number == HUNGRY:
        hoard()
    row = {"event_id": envelope.id, "number": number}
    session.execute(text("insert into ledger values (:event_id, :number)"), row)


@on_event("alpha.thing_happened.v1", reads=ThingIn)
def see_thing(session: Session, *, envelope: Envelope, number: int) -> None:
    write_down(session, envelope, number)
    if os.environ["SERVICE"] == "beta":
        call = {"kind": "letter", "recipient": "reader", "payload": {"number": number}}
        plan_call(session, event_id=envelope.id, maker_id=envelope.maker_id, **call)
        publish(
            session,
            ThingSeen(
                number=number,
                maker_id=envelope.maker_id,
                brand_id=None,
                aggregate_id=envelope.aggregate_id,
            ),
        )


@on_event("beta.thing_seen.v1", reads=ThingIn)
def hear_back(session: Session, *, envelope: Envelope, number: int) -> None:
    write_down(session, envelope, number)


def note_change(session: Session, call: OutboundCall) -> None:
    row = {"call_id": call.id, "state": call.state}
    session.execute(text("insert into changes values (:call_id, :state)"), row)


@outbound_kind("letter", longest=5, concurrency=2, on_change=note_change)
def send_letter(deps: BaseDeps, call: Call) -> Outcome:
    """Play the remote that can be asked: its memory is the table `letters`."""
    with deps.database.transaction() as session:
        row = {"call_id": call.id, "number": call.payload["number"]}
        known = text("select 1 from letters where call_id = :call_id")
        if call.previous_state == "unknown" and session.scalar(known, row):
            return Done(remote_id="asked")
        session.execute(text("insert into letters values (:call_id, :number)"), row)
    return Done(remote_id="sent")


@every(1, "toys.tick")
def tick(deps: BaseDeps, run: JobRun) -> None:
    with deps.database.transaction() as session:
        row = {"job": run.name, "fencing": run.fencing}
        session.execute(text("insert into runs (job, fencing) values (:job, :fencing)"), row)
    time.sleep(0.2)


def main(argv: list[str]) -> None:
    settings = Settings.from_env(os.environ)
    set_up_logs(settings.service, "worker")
    parts: dict[str, Any] = connect(settings)
    run_worker(BaseDeps(**parts), argv)


if __name__ == "__main__":
    main(sys.argv[1:])
