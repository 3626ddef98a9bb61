"""A span for each statement: its text as the code has it, with places for what was filled in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from common.context import current_trace
from common.tracing import exporting

if TYPE_CHECKING:
    from common.tracing.exporting import Begun


def watch_statements(engine: Engine) -> None:
    """Tell of statements that belong to a trace. Costs a look at a variable while nobody wants any."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)
    event.listen(engine, "handle_error", _fail)


@contextmanager
def told_together(statements: Iterable[bytes]) -> Iterator[None]:
    """Tell of statements that share a round trip: each in a span, all from its begin to its end."""
    begun = [span for each in statements if (span := _begun(each.decode()))]
    try:
        yield
    except BaseException as wrong:
        for span in begun:
            span.fail(type(wrong).__name__)
        raise
    finally:
        for span in begun:
            span.end()


def _begin(_c: Any, _cursor: Any, statement: str, _p: Any, context: Any, _many: bool) -> None:
    begun = _begun(statement) if context is not None else None
    if begun is not None:
        context._orderlink_span = begun


def _begun(statement: str) -> "Begun | None":
    sending, trace = exporting(), current_trace()
    if sending is None or trace is None or trace.traceparent is None:
        return None
    words = statement.split()
    name = f"{words[0].lower()} postgresql" if words else "statement"
    said: dict[str, str | int] = {"db_system_name": "postgresql", "db_query_text": " ".join(words)}
    return sending.begin(name, kind="client", parent=trace.traceparent, attributes=said)


def _end(_c: Any, _cursor: Any, _s: str, _p: Any, context: Any, _many: bool) -> None:
    begun = getattr(context, "_orderlink_span", None)
    if begun is not None:
        begun.end()


def _fail(told: Any) -> None:
    begun = getattr(told.execution_context, "_orderlink_span", None)
    if begun is not None:
        begun.fail(type(told.original_exception).__name__)
        begun.end()
