"""Values of the domain as JSON and back, by their own type hints."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from common.money import Money

T = TypeVar("T")


def frozen(value: Any) -> Any:
    """Return the value as JSON: ids, days and instants as text, amounts as {"minor", "currency"}."""
    if isinstance(value, Money):
        return value.as_json()
    if is_dataclass(value):
        return {field.name: frozen(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [frozen(each) for each in value]
    if isinstance(value, Mapping):
        return {key: frozen(each) for key, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def thawed(kind: type[T], value: Any) -> T:
    """Return the value that frozen() wrote; a field unknown here is passed over."""
    thaw: T = _thawed(kind, value)
    return thaw


def _thawed(hint: Any, value: Any) -> Any:
    if value is None or hint is Any:
        return value
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _thawed(next(each for each in arguments if each is not type(None)), value)
    if origin is tuple:
        return tuple(_thawed(arguments[0], each) for each in value)
    if origin in (dict, Mapping):
        return {key: _thawed(arguments[1], each) for key, each in value.items()}
    return _single(hint, value)


def _single(hint: Any, value: Any) -> Any:
    if hint is Money:
        return Money.of_json(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if not is_dataclass(hint):
        return hint(value)
    hints = get_type_hints(hint)
    given = {name: _thawed(hints[name], value[name]) for name in hints if name in value}
    return cast(type[Any], hint)(**given)
