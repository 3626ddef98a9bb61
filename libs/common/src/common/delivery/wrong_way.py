"""The control of the fault tests: "publish = done", known to lose. Never the way to run this.

DELIVERY_PUBLISH_IS_DONE=1 lets the relay call a delivery done when the broker took it, and the
consumer handle it within the message, as many systems do. tests/faults shows that it loses;
if it did not, those tests would prove nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from sqlalchemy import text

from common.db import Database
from common.delivery.events import Envelope
from common.delivery.failpoints import failpoint
from common.delivery.inbox import receipt, run_handler

log = structlog.get_logger()

INSERT = text("""
insert into inbox (event_id, producer, name, maker_id, brand_id, envelope, processed_at)
values (:event_id, :producer, :name, :maker_id, :brand_id, '{}', now())
on conflict do nothing returning event_id
""")


def receive_without_receipt(database: Database, envelopes: Iterable[Mapping[str, Any]]) -> None:
    """Handle each event in one transaction with its inbox row; what fails is forgotten."""
    for wire in envelopes:
        envelope = Envelope.of_json(wire)
        failpoint("inbox.claimed")
        try:
            with database.transaction() as session:
                row = receipt(envelope)
                if session.scalar(INSERT, {key: row[key] for key in row if key != "envelope"}):
                    run_handler(session, envelope)
        except Exception:
            log.exception("event lost, as expected of the wrong way")
