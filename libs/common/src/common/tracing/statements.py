"""A span for each statement: its text as the code has it, with places for what was filled in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from common.context import current_trace
from common.tracing import exporting


def watch_statements(engine: Engine) -> None:
    """Tell of statements that belong to a trace. Costs a look at a variable while nobody wants any."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)
    event.listen(engine, "handle_error", _fail)


@contextmanager
def told_as_one(statements: Iterable[bytes]) -> Iterator[None]:
    """Tell of statements that share a round trip in one span."""
    sending, trace = exporting(), current_trace()
    if sending is None or trace is None or trace.traceparent is None:
        yield
        return
    text = "; ".join(" ".join(each.decode().split()) for each in statements)
    said: dict[str, str | int] = {"db_system_name": "postgresql", "db_query_text": text}
    begun = sending.begin(
        "pipeline postgresql", kind="client", parent=trace.traceparent, attributes=said
    )
    try:
        yield
    except BaseException as wrong:
        begun.fail(type(wrong).__name__)
        raise
    finally:
        begun.end()


def _begin(_c: Any, _cursor: Any, statement: str, _p: Any, context: Any, _many: bool) -> None:
    sending, trace = exporting(), current_trace()
    if sending is None or trace is None or trace.traceparent is None or context is None:
        return
    words = statement.split()
    name = f"{words[0].lower()} {context.dialect.name}" if words else "statement"
    said: dict[str, str | int] = {"db_system_name": "postgresql", "db_query_text": " ".join(words)}
    begun = sending.begin(name, kind="client", parent=trace.traceparent, attributes=said)
    context._orderlink_span = begun


def _end(_c: Any, _cursor: Any, _s: str, _p: Any, context: Any, _many: bool) -> None:
    begun = getattr(context, "_orderlink_span", None)
    if begun is not None:
        begun.end()


def _fail(told: Any) -> None:
    begun = getattr(told.execution_context, "_orderlink_span", None)
    if begun is not None:
        begun.fail(type(told.original_exception).__name__)
        begun.end()
