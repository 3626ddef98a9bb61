"""The queue of ordered faults, the same for every twin; what a fault is, each twin says itself."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import Field, asdict
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Ordered(Protocol):
    """A dataclass that gets a number when it is ordered."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    id: int


F = TypeVar("F", bound=Ordered)


class OrderedFaults(Generic[F]):
    """The ordered faults, first come first served; one moment is hit by one fault at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._faults: list[F] = []

    def order(self, fault: F) -> F:
        with self._lock:
            fault.id = next(self._ids)
            self._faults.append(fault)
            return fault

    def first(self, takes: Callable[[F], bool]) -> F | None:
        """Return the first fault that takes the moment, and counts it; none: nothing is hit."""
        with self._lock:
            return next((fault for fault in self._faults if takes(fault)), None)

    def listed(self) -> list[dict[str, Any]]:
        """Return all of them, the spent ones too, with how often each has hit."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
