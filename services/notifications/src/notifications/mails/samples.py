"""One example of every kind of mail, out of the events' own samples; for tests and pictures."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from notifications.domain.kinds import KINDS, MailKind
from notifications.gateways.identity import Secret
from notifications.store.models import Message

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOURCES = {
    "order_completed_buyer": "checkout.order_completed.v1",
    "order_completed_brand": "checkout.order_completed.v1",
    "upload_attention": "checkout.next_engine_upload_changed.v1",
    "payment_refunded_buyer": "checkout.payment_refunded.v1",
    "payment_refunded_brand": "checkout.payment_refunded.v1",
}
PAUSED = {
    "brand": {"name": "NORD"},
    "url": "https://erp.nord.example/hooks/orders",
    "note": "HTTP 503",
    "attempts": 30,
    "path": "/notifications/webhooks/01930000-0000-7000-8000-000000000001",
}
CHANGES: Mapping[str, Mapping[str, Any]] = {
    "upload_attention": {"state": "dead", "note": "店舗伝票番号が重複しています。"},
    "transition_receipt_customer": {"side": "customer"},
    "transition_receipt_brand": {"side": "brand", "path": "/buyers/1"},
    "invitation_brand": {
        "what": "brand",
        "from_name": "NORD",
        "role": None,
        "buyer_name": "Boutique Aoyama",
    },
    "invitation_organisation": {
        "what": "organisation",
        "from_name": "Boutique Aoyama",
        "inviter_name": "Hana Mori",
        "role": "member",
    },
}


def sample_mails(events: Path, language: str) -> Iterator[tuple[Message, Secret | None]]:
    """Give a message of every kind, with what identity would answer; `events` is docs/events."""
    for kind in KINDS.values():
        values = _payload(events, kind) | dict(CHANGES.get(kind.name, {}))
        yield _message(kind, values, language), _secret(events, kind)


def _payload(events: Path, kind: MailKind) -> dict[str, Any]:
    if kind.name == "webhook_paused":
        return dict(PAUSED)
    if kind.asked_as is None:
        return dict(json.loads((events / f"{SOURCES[kind.name]}.json").read_text())["payload"])
    return dict(_requests(events)[kind.asked_as]["values"])


def _secret(events: Path, kind: MailKind) -> Secret | None:
    said = _requests(events)[kind.asked_as]["secret"] if kind.asked_as else None
    if said is None:
        return None
    return Secret(path=said["path"], code=said["secret"], expires_at=None)


def _requests(events: Path) -> dict[str, Any]:
    sample = json.loads((events / "identity.mail_requested.v1.json").read_text())
    return dict(sample["kinds"])


def _message(kind: MailKind, values: dict[str, Any], language: str) -> Message:
    message = Message(
        maker_id=UUID(int=1),
        brand_id=UUID(int=2),
        subject_id=UUID(int=3),
        order_id=UUID(int=4),
        order_number="NORD-00000042",
        kind=kind.name,
        recipient="hana@aoyama.example",
        language=language,
        time_zone="Asia/Tokyo",
        values=values,
    )
    message.created_at = message.changed_at = AT
    return message
