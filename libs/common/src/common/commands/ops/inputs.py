"""What is typed, made into what is meant; argparse tells what could not be."""

import re
from argparse import ArgumentTypeError
from datetime import timedelta
from uuid import UUID

from common.commands.beside import known_services
from common.errors import Invalid
from common.operations.cursors import Cursor
from common.operations.holding import EFFECT, HANDLER, KINDS, SUBSCRIBER, Destination

SPAN = re.compile(r"(\d{1,7})([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
EVENT_NAME = re.compile(r"\w+\.\w+\.v\d+")


def span(text: str) -> timedelta:
    """Return the span of 90s, 15m, 2h or 3d."""
    found = SPAN.fullmatch(text)
    if found is None:
        raise ArgumentTypeError(f"{text!r} is no span: write 90s, 15m, 2h or 3d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def row_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"{text!r} is no id as the lists show them") from wrong


def cursor(text: str) -> Cursor:
    try:
        return Cursor.read(text)
    except Invalid as wrong:
        raise ArgumentTypeError(f"{text!r} is not what a list gave as its next page") from wrong


def lines(text: str) -> int:
    """Return how many rows are wished, 1 to 1,000."""
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise ArgumentTypeError("ask for 1 to 1000 rows")
    return int(text)


def destination(text: str) -> Destination:
    """Return what is meant by subscriber:NAME, handler:EVENT, effect:KIND or effect:KIND/KEY.

    A bare name is a subscriber when it is a service, a handler when it is an event, else an effect.
    """
    kind, colon, rest = text.partition(":")
    if not colon or kind not in KINDS:
        kind, rest = _kind_of(text), text
    name, _, key = rest.partition("/") if kind == EFFECT else (rest, "", "")
    if not name:
        raise ArgumentTypeError("a destination is subscriber:NAME, handler:EVENT or effect:KIND")
    return Destination(kind=kind, name=name, key=key)


def _kind_of(name: str) -> str:
    if name in known_services():
        return SUBSCRIBER
    return HANDLER if EVENT_NAME.fullmatch(name) else EFFECT
