"""How refusals are told: problem documents for programs, a page for people. Never a trace."""

import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, current_app, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from marshmallow import ValidationError
from sqlalchemy.exc import DataError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnprocessableEntity
from werkzeug.wrappers import Response as BaseResponse

from common.errors import (
    FieldError,
    Invalid,
    Malformed,
    Refusal,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from common.web.buyer import BackToGate
from common.web.requests import request_id

log = structlog.get_logger()
TIMED_OUT = ("25P03", "25P04")
"""Transactions that PostgreSQL has ended because nothing came for too long."""


def install(app: Flask) -> None:
    app.register_error_handler(Refusal, _tell)
    app.register_error_handler(BackToGate, _to_gate)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(RequestEntityTooLarge, _tell_too_large)
    app.register_error_handler(ValidationError, _tell_validation)
    app.register_error_handler(RecursionError, _tell_nested)
    app.register_error_handler(DataError, _tell_unfit)
    app.register_error_handler(UnicodeEncodeError, _tell_unfit)
    for outage in (OperationalError, InterfaceError, NoConnectionLeft):
        app.register_error_handler(outage, _tell_outage)
    app.register_error_handler(InternalError, _tell_internal)
    app.register_error_handler(Exception, _tell_failure)


def wants_problem() -> bool:
    """Whether the client is a program: by its path, or because it asks for JSON."""
    if request.path.startswith(("/api/", "/internal/", "/webhooks/")):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def problem(refusal: Refusal, status: int | None = None) -> Response:
    """Return the refusal as application/problem+json."""
    number = status or refusal.status
    answer = jsonify(
        type="about:blank",
        title=HTTPStatus(number).phrase,
        status=number,
        code=refusal.code,
        detail=_said(refusal),
        rule=refusal.rule,
        request_id=request_id(),
        errors=[error.as_json() for error in refusal.errors],
    )
    answer.status_code = number
    answer.mimetype = "application/problem+json"
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _said(refusal: Refusal) -> str:
    """Return the detail in the reader's language where there is one for it.

    Domain code speaks English; a sentence without holes is found by its own text.
    """
    return str(_(refusal.detail)) if refusal.detail else ""


def _tell(refusal: Refusal) -> BaseResponse | tuple[str, int, dict[str, str]]:
    if wants_problem():
        return problem(refusal)
    if isinstance(refusal, Unauthorized):
        return redirect("/signin?" + _query(next=request.full_path.rstrip("?")))
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    page = render_template(
        "layout/error.html",
        status=refusal.status,
        detail=_said(refusal),
        can_retry=isinstance(refusal, Unavailable),
    )
    return page, refusal.status, headers


def _tell_http(wrong: HTTPException) -> Any:
    if wrong.code is not None and wrong.code < 400:
        return wrong
    if isinstance(wrong, UnprocessableEntity):
        messages = getattr(wrong, "data", {}).get("messages", {})
        return _tell(Invalid(_("Some fields are not right."), errors=_flatten(messages)))
    status = wrong.code or 500
    refusal = Refusal(wrong.description or "", code=_code(status))
    if wants_problem():
        answer = problem(refusal, status)
        answer.headers.extend(_kept_headers(wrong))
        return answer
    page = render_template("layout/error.html", status=status, detail="", can_retry=False)
    return page, status, _kept_headers(wrong)


def _tell_too_large(_wrong: RequestEntityTooLarge) -> Any:
    said = _(
        "What you sent is larger than this address accepts. Nothing was changed."
        " Send a smaller file or fewer entries."
    )
    return _tell(TooLarge(said))


def _tell_validation(wrong: ValidationError) -> Any:
    return _tell(Invalid(_("Some fields are not right."), errors=_flatten(wrong.messages)))


def _tell_nested(failure: RecursionError) -> Any:
    """Call a body with brackets in brackets without end malformed; our own loops stay failures."""
    if not _comes_from_json(failure):
        return _tell_failure(failure)
    return _tell(Malformed(_("The body is nested too deeply.")))


def _comes_from_json(failure: RecursionError) -> bool:
    frames = traceback.extract_tb(failure.__traceback__)
    return any(Path(frame.filename).parts[-2:] == ("json", "decoder.py") for frame in frames)


def _tell_failure(failure: Exception) -> Any:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise failure
    log.error("request failed", exc_info=failure, path_rule=str(request.url_rule))
    return _tell(Refusal(_("Something went wrong on our side."), code="internal"))


def _tell_unfit(failure: DataError | UnicodeEncodeError) -> Any:
    """Call text malformed that no PostgreSQL holds: NUL, half a surrogate pair, a huge number."""
    log.warning("value unfit for the database", path_rule=str(request.url_rule))
    return _tell(Malformed(_("Something that was sent cannot be stored.")))


def _tell_outage(failure: Exception) -> Any:
    """Ask to try again where PostgreSQL is away, restarts, or has no connection or lock to give.

    Nobody knows then whether a commit has happened: whatever changes something is safe to repeat.
    """
    log.error("database unavailable", exc_info=failure, path_rule=str(request.url_rule))
    said = _("Part of the system is not answering.")
    return _tell(Unavailable(said, code="database_unavailable", retry_after=1))


def _tell_internal(failure: InternalError) -> Any:
    """Tell a server that panics or has run out of patience (a full disk) from a mistake of ours."""
    state = str(getattr(failure.orig, "sqlstate", None) or "")
    return (_tell_outage if state.startswith(("XX", *TIMED_OUT)) else _tell_failure)(failure)


def _to_gate(gate: BackToGate) -> BaseResponse:
    if wants_problem():
        return problem(Unauthorized(_("Please open the link again.")))
    return redirect(f"/l/{gate.token}")


def _flatten(messages: Any, path: str = "") -> list[FieldError]:
    """Return marshmallow's nested messages as one list, fields named by dotted path."""
    if isinstance(messages, dict):
        inner = [(f"{path}.{key}" if path else str(key), m) for key, m in messages.items()]
        trimmed = [(p.removeprefix("json.").removeprefix("query."), m) for p, m in inner]
        return [error for p, m in trimmed for error in _flatten(m, p)]
    if isinstance(messages, list):
        return [FieldError(path, "invalid", str(m)) for m in messages]
    return [FieldError(path, "invalid", str(messages))]


def _kept_headers(wrong: HTTPException) -> dict[str, str]:
    kept = {"Allow", "Retry-After", "WWW-Authenticate"}
    return {name: value for name, value in wrong.get_headers() if name in kept}


def _code(status: int) -> str:
    if status == Malformed.status:
        return Malformed.code
    return HTTPStatus(status).phrase.lower().replace(" ", "_")


def _query(**values: str) -> str:
    from urllib.parse import urlencode

    return urlencode(values)
