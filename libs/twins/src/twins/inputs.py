"""Reading control calls: a JSON object into a dataclass, or one clear complaint."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, TypeVar, get_type_hints

from flask import request

Shape = TypeVar("Shape")


class BadInput(ValueError):
    """A control call asked for something a twin does not have; the message says what."""


def read_body() -> dict[str, Any]:
    """Return the JSON object of the request, {} without a body. Raises BadInput."""
    asked = request.get_json(silent=True) if request.get_data() else {}
    if not isinstance(asked, dict):
        raise BadInput("the body must be a JSON object")
    return asked


def number(value: object, name: str) -> float:
    """Return a plain number. Raises BadInput."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{name} must be a number")
    return float(value)


def read_input(shape: type[Shape], values: object) -> Shape:
    """Build the dataclass from a JSON object. Raises BadInput for unknown, missing or ill-typed."""
    given = _checked(shape, values)
    missing = [name for name, needed in _fields(shape).items() if needed and name not in given]
    if missing:
        raise BadInput(f"missing: {', '.join(missing)}")
    try:
        return shape(**given)
    except ValueError as error:
        raise BadInput(str(error)) from error


def change_from_input(target: object, values: object) -> None:
    """Set the named fields of a dataclass instance, all or none. Raises BadInput."""
    given = _checked(type(target), values)
    try:
        replace(target, **given)  # type: ignore[type-var]
    except ValueError as error:
        raise BadInput(str(error)) from error
    for name, value in given.items():
        setattr(target, name, value)


def _checked(shape: type[Any], values: object) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise BadInput("the body must be a JSON object")
    hints, known = get_type_hints(shape), _fields(shape)
    for name, value in values.items():
        if name not in known:
            raise BadInput(f"unknown: {name}; known: {', '.join(known)}")
        if not _fits(value, hints[name]):
            raise BadInput(f"{name} cannot be {value!r}")
    return values


def _fields(shape: type[Any]) -> Mapping[str, bool]:
    """Return the field names, each with whether it must be given."""
    assert is_dataclass(shape)  # noqa: S101
    return {
        field.name: field.default is MISSING and field.default_factory is MISSING
        for field in fields(shape)
        if field.init
    }


def _fits(value: object, hint: Any) -> bool:
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if getattr(hint, "__args__", ()) and getattr(hint, "__origin__", None) is None:
        return any(_fits(value, option) for option in hint.__args__)
    origin = getattr(hint, "__origin__", hint)
    return origin is Any or isinstance(value, origin)
