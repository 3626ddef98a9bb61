"""Failures told without what they quote: a driver's further lines hold somebody's row (I21)."""

import traceback
from collections.abc import Iterator
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def first_line(wrong: BaseException) -> str:
    """Return what went wrong without the details, which may quote somebody's data."""
    text_of_it = str(wrong).partition("\n")[0]
    return f"{type(wrong).__name__}: {text_of_it}"[:2000]


def tell_failure(exc_info: ExcInfo) -> str:
    """Return the traceback, causes first, with only the first line of each message.

    PostgreSQL's second line is "Failing row contains (…)": every column of it.
    """
    return "\n".join(_tell_one(each) for each in reversed(list(_chain(exc_info[1]))))


def _tell_one(wrong: BaseException) -> str:
    frames = "".join(traceback.format_tb(wrong.__traceback__))
    inner = wrong.exceptions if isinstance(wrong, BaseExceptionGroup) else ()
    return "\n".join([f"{frames}{first_line(wrong)}", *(_tell_one(each) for each in inner)])


def _chain(wrong: BaseException) -> Iterator[BaseException]:
    """Yield the exception and what led to it, each once: a chain may close in a circle."""
    seen: set[int] = set()
    current: BaseException | None = wrong
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
