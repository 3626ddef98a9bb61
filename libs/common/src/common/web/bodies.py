"""How large a request may be: 1 MiB, but for views that say otherwise, to those they know.

A body that is refused is read to its end nevertheless, and kept nowhere: a connection closed over
what was sent and not read is torn down, and the answer is lost with it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, request

from common.errors import Refusal
from common.web.buyer import BackToGate

View = TypeVar("View", bound=Callable[..., Any])
ROOM_FOR_FIELDS = 2**20
"""What a form has beside its file."""
SMALL = 64 * 2**10
"""What fits a connection's buffers is out of the sender's hands before anybody answers."""


def takes_up_to(limit_bytes: int, *, of: Callable[[], object]) -> Callable[[View], View]:
    """Let the view read a file of that size from whoever `of` does not refuse.

    `of` is asked before a byte of the body is read, so a stranger cannot fill the disk; refused,
    the limit stays. It is asked again when the CSRF check has passed, and then its refusal counts.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **given: Any) -> Any:
            of()
            return view(*args, **given)

        guarded.body_limit = (limit_bytes + ROOM_FOR_FIELDS, of)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def install(app: Flask) -> None:
    """Must come before whatever reads the form, the CSRF check above all."""
    app.before_request(_raise_limit)
    app.after_request(_read_to_the_end)


def _raise_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit_bytes, of = getattr(view, "body_limit", (None, None))
    if not limit_bytes or not of:
        return
    try:
        of()
    except (Refusal, BackToGate):
        # A large body is refused before anything parses it; a small one meets the CSRF check first.
        if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
            raise
        return
    request.max_content_length = limit_bytes


def _read_to_the_end(response: Response) -> Response:
    """Read what is left. Granian ends the stream where the body ends, which WSGI leaves open."""
    if (request.content_length or 0) > SMALL:
        while request.environ["wsgi.input"].read(SMALL):
            pass
    return response
