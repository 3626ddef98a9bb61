from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import ClassVar
from uuid import UUID

import pytest

from common.delivery import Envelope, Event
from common.delivery.events import producer_of, to_json
from common.money import Money

ID = UUID("01930000-0000-7000-8000-000000000001")


class State(Enum):
    OPEN = "open"


@dataclass(frozen=True)
class Line:
    price: Money
    state: State


@dataclass(frozen=True, kw_only=True)
class CartFilled(Event):
    name: ClassVar[str] = "shop.cart_filled.v1"
    lines: tuple[Line, ...]
    at: datetime
    due: date | None
    percent: Decimal
    values: dict[str, UUID]


def test_a_payload_is_the_events_own_fields_as_json() -> None:
    event = CartFilled(
        maker_id=ID,
        brand_id=None,
        aggregate_id=ID,
        lines=(Line(Money(4000, "EUR"), State.OPEN),),
        at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        due=None,
        percent=Decimal("10.00"),
        values={"link": ID},
    )
    assert event.payload() == {
        "lines": [{"price": {"minor": 4000, "currency": "EUR"}, "state": "open"}],
        "at": "2026-11-23T09:00:00+00:00",
        "due": None,
        "percent": "10.00",
        "values": {"link": str(ID)},
    }


@pytest.mark.parametrize("wrong", [1.5, object(), b"bytes"])
def test_what_has_no_exact_json_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        to_json({"amount": wrong})


def test_the_envelope_reads_what_it_wrote() -> None:
    wire = {
        "id": str(ID),
        "name": "shop.cart_filled.v1",
        "occurred_at": "2026-11-23T09:00:00+00:00",
        "maker_id": str(ID),
        "brand_id": None,
        "aggregate": {"id": str(ID), "seq": 3},
        "request_id": "r",
        "traceparent": None,
        "payload": {"a": 1},
    }
    envelope = Envelope.of_json(wire)
    assert envelope.as_json() == wire
    assert envelope.producer == producer_of(envelope.name) == "shop"
