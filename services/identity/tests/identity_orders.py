"""Completed orders as checkout tells of them, and what identity made of them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from common.clock import utc_now
from common.db import Database
from common.delivery.inbox import receive
from common.delivery.tables import OutboxEvent
from common.ids import new_id
from devstack.world import cast
from identity.jobs import orders
from identity.store.models import Buyer, TransitionOutcome

HANDLERS = (orders,)
EVENTS = Path(__file__).parents[3] / "docs" / "events"


def sample(name: str) -> dict[str, Any]:
    return dict(json.loads((EVENTS / f"{name}.json").read_text()))


def completed(
    buyer: cast.Buyer, *, transition: bool = True, at: datetime | None = None, kind: str = "offline"
) -> dict[str, Any]:
    """Return an order's event as checkout sends it, from its sample."""
    event, order_id = sample("checkout.order_completed.v1"), str(new_id())
    event |= {
        "id": str(new_id()),
        "maker_id": str(cast.MAKER_ID),
        "brand_id": str(buyer.brand.id),
        "aggregate": {"id": order_id, "seq": 1},
    }
    event["payload"]["order_id"] = order_id
    event["payload"]["transition"] = transition
    event["payload"]["buyer"] |= {"buyer_id": str(buyer.id), "kind": kind}
    event["payload"]["submitted_at"] = (at or utc_now()).isoformat()
    return event


def deliver(database: Database, *events: dict[str, Any]) -> None:
    receive(database, events, lambda producer, ids: None)


def outcome_of(database: Database, event: dict[str, Any]) -> str | None:
    with database.transaction(cast.MAKER_ID) as session:
        row = session.get(TransitionOutcome, UUID(event["payload"]["order_id"]))
        return row.outcome if row else None


def published(database: Database, name: str) -> list[dict[str, Any]]:
    with database.transaction() as session:
        query = select(OutboxEvent).where(OutboxEvent.name == name).order_by(OutboxEvent.id)
        return [dict(row.envelope) for row in session.scalars(query)]


def buyer_now(database: Database, buyer: cast.Buyer) -> Buyer:
    with database.transaction(cast.MAKER_ID) as session:
        return session.get_one(Buyer, buyer.id)
