"""What this service does when an event arrives: a registry that the jobs/ modules fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from marshmallow import EXCLUDE, Schema
from sqlalchemy.orm import Session

from common.delivery.events import Envelope

F = TypeVar("F", bound=Callable[..., None])


class Handle(Protocol):
    """`(session, *, envelope, **fields)`: one use case, in the transaction that marks it done."""

    def __call__(self, session: Session, *, envelope: Envelope, **fields: Any) -> None: ...


class Later(Exception):
    """Raised by a handler that cannot act yet: undone, and called again after `seconds`."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason)
        self.seconds = seconds


class EventIn(Schema):
    """Base of the schemas that read payloads: what the publisher adds later is passed over."""

    class Meta:
        unknown = EXCLUDE


@dataclass(frozen=True)
class Handler:
    """One event name, how its payload is read, and what is done."""

    name: str
    schema: Schema
    handle: Callable[..., None]


_handlers: dict[str, Handler] = {}


def on_event(name: str, *, reads: type[Schema]) -> Callable[[F], F]:
    """Register the decorated function as the one handler of `name` in this service."""

    def register(handle: F) -> F:
        if name in _handlers:
            raise ValueError(f"{name} has a handler already")
        _handlers[name] = Handler(name, reads(unknown=EXCLUDE), handle)
        return handle

    return register


def handlers() -> Mapping[str, Handler]:
    """Return the handlers by event name."""
    return _handlers
