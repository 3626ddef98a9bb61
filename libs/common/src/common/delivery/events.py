"""Events as code sees them and as the wire carries them."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Self
from uuid import UUID

from common.money import Money

FRAME = frozenset({"maker_id", "brand_id", "aggregate_id"})
PLAIN = (str, int, bool, type(None))


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. A subclass names itself, its readers and its payload's fields."""

    name: ClassVar[str]
    """`producer.noun_participle.v1`; the part before the first dot is the producing service."""
    subscribers: ClassVar[tuple[str, ...]] = ()
    """The services that are owed it; one delivery row is written for each."""

    maker_id: UUID | None
    brand_id: UUID | None
    aggregate_id: UUID
    """What the event is about; events of one aggregate are counted 1, 2, 3…"""

    def payload(self) -> dict[str, Any]:
        """Return the subclass's own fields as JSON values."""
        own = (field.name for field in dataclasses.fields(self) if field.name not in FRAME)
        return {name: to_json(getattr(self, name)) for name in own}


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """An event with all that delivery knows of it; `payload` is untyped JSON."""

    id: UUID
    name: str
    occurred_at: datetime
    maker_id: UUID | None
    brand_id: UUID | None
    aggregate_id: UUID
    seq: int
    request_id: str
    traceparent: str | None
    payload: Mapping[str, Any]

    @property
    def producer(self) -> str:
        return producer_of(self.name)

    def as_json(self) -> dict[str, Any]:
        plain = to_json(self)
        aggregate = {"id": plain.pop("aggregate_id"), "seq": plain.pop("seq")}
        return {**plain, "aggregate": aggregate}

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the envelope. Raises KeyError or ValueError when it is none."""
        return cls(
            id=UUID(value["id"]),
            name=value["name"],
            occurred_at=datetime.fromisoformat(value["occurred_at"]),
            maker_id=_uuid_or_none(value["maker_id"]),
            brand_id=_uuid_or_none(value["brand_id"]),
            aggregate_id=UUID(value["aggregate"]["id"]),
            seq=value["aggregate"]["seq"],
            request_id=value["request_id"],
            traceparent=value.get("traceparent"),
            payload=value["payload"],
        )


def producer_of(name: str) -> str:
    """Return the service that publishes events of this name."""
    return name.partition(".")[0]


def to_json(value: Any) -> Any:
    """Return `value` as JSON values: Money as an object, instants and ids as text."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return to_json(value.value)
    if isinstance(value, Mapping):
        return {str(key): to_json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_json(each) for each in value]
    return value if isinstance(value, PLAIN) else _object_to_json(value)


def _object_to_json(value: Any) -> Any:
    if isinstance(value, Money):
        return value.as_json()
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an event")


def _uuid_or_none(text: str | None) -> UUID | None:
    return UUID(text) if text else None
