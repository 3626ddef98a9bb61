"""Counts what came of each confirmed checkout, also when that was an exception."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from checkout.counts import PLACINGS
from checkout.domain.attempt import AttemptInFlight, OtherContent
from common.errors import Refusal, Unavailable

RESULTS: tuple[tuple[type[Exception], str], ...] = (
    (AttemptInFlight, "in_flight"),
    (OtherContent, "other_content"),
    (Unavailable, "unavailable"),
    (Refusal, "refused"),
    (Exception, "failed"),
)


class HasHow(Protocol):
    """An outcome that knows its word for the counts."""

    @property
    def how(self) -> str: ...


P = ParamSpec("P")
R = TypeVar("R", bound=HasHow)


def counted(place: Callable[P, R]) -> Callable[P, R]:
    """Count the outcome of every call."""

    @wraps(place)
    def place_and_count(*args: P.args, **given: P.kwargs) -> R:
        try:
            outcome = place(*args, **given)
        except Exception as wrong:
            PLACINGS.labels(result_of(wrong)).inc()
            raise
        PLACINGS.labels(outcome.how).inc()
        return outcome

    return place_and_count


def result_of(wrong: Exception) -> str:
    """Return the first word that fits."""
    return next(word for kind, word in RESULTS if isinstance(wrong, kind))
