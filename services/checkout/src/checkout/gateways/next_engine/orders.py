"""Uploading a slip, following the queue, and looking a slip up by shop and number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checkout.gateways.next_engine.call import NextEngine

UPLOAD = "/api_v1_receiveorder_base/upload"
QUEUE = "/api_v1_system_que/search"
SLIPS = "/api_v1_receiveorder_base/search"


@dataclass(frozen=True)
class QueueEntry:
    """Where an accepted file is: 0 waiting, 1 running, 2 all imported, -1 failed."""

    que_id: str
    status: str
    words: str

    @property
    def is_imported(self) -> bool:
        return self.status == "2"

    @property
    def is_failed(self) -> bool:
        return self.status == "-1"


@dataclass(frozen=True)
class FoundSlip:
    """A slip that is in NEXT ENGINE."""

    receive_order_id: str
    slip_number: str
    total: str
    is_cancelled: bool


def upload(engine: NextEngine, *, pattern_id: str, content: bytes, now: datetime) -> str:
    """Put one CSV into their queue; return the que_id. Accepted is not imported.

    The pattern alone decides shop and format. Raises NotSuccessful, NoAnswer.
    """
    fields: dict[str, str | bytes] = {
        "receive_order_upload_pattern_id": pattern_id,
        "data_type_1": "csv",
        "data_1": content,
    }
    return str(engine.call(UPLOAD, fields, now=now)["que_id"])


def find_queue_entries(
    engine: NextEngine, que_ids: Sequence[str], *, now: datetime
) -> dict[str, QueueEntry]:
    """Return the entries that are there, by que_id; one that is missing may come later."""
    fields = {"fields": "que_id,que_status_id,que_message", "que_id-in": ",".join(que_ids)}
    rows = engine.call(QUEUE, fields, now=now).get("data") or []
    entries = [
        QueueEntry(str(r["que_id"]), str(r["que_status_id"]), str(r.get("que_message") or ""))
        for r in rows
    ]
    return {entry.que_id: entry for entry in entries}


def has_waiting_uploads(engine: NextEngine, *, now: datetime) -> bool:
    """Whether order files wait or run in their queue; one of them may be ours, unanswered."""
    fields = {
        "fields": "que_id",
        "que_method_name-eq": "JYUCHU_CSV",
        "que_status_id-in": "0,1",
    }
    return bool(engine.call(QUEUE, fields, now=now).get("data"))


def find_slip(
    engine: NextEngine, *, shop_id: str, slip_number: str, now: datetime
) -> FoundSlip | None:
    """Return the slip of that number in that shop, a valid one before a cancelled one, or None."""
    fields = {
        "fields": "receive_order_id,receive_order_shop_cut_form_id,"
        "receive_order_total_amount,receive_order_cancel_type_id",
        "receive_order_shop_id-eq": shop_id,
        "receive_order_shop_cut_form_id-eq": slip_number,
    }
    rows = engine.call(SLIPS, fields, now=now).get("data") or []
    found = [
        FoundSlip(
            str(r["receive_order_id"]),
            str(r["receive_order_shop_cut_form_id"]),
            str(r["receive_order_total_amount"]),
            str(r.get("receive_order_cancel_type_id") or "0") != "0",
        )
        for r in rows
    ]
    return next(iter(sorted(found, key=lambda slip: slip.is_cancelled)), None)
