"""How large a request may be: 1 MiB, but for views that say otherwise, to those they know."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
ROOM_FOR_FIELDS = 2**20
"""What a form has beside its file."""


def takes_up_to(limit_bytes: int, *, of: Callable[[], object]) -> Callable[[View], View]:
    """Let the view read a file of that size from whoever `of` does not refuse.

    `of` is asked before a byte of the body is read, so a stranger cannot fill the disk.
    """

    def mark(view: View) -> View:
        view.body_limit = (limit_bytes + ROOM_FOR_FIELDS, of)  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Must come before whatever reads the form, the CSRF check above all."""
    app.before_request(_raise_limit)


def _raise_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit_bytes, of = getattr(view, "body_limit", (None, None))
    if limit_bytes and of:
        of()
        request.max_content_length = limit_bytes
