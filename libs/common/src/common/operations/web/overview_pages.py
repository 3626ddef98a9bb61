"""The page at a glance, and what is done on it: pause, resume, try now, run a job."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from common.errors import Conflict, Invalid, NotFound, Refusal
from common.operations import holding
from common.operations.hurrying import hurry
from common.operations.jobs import run_job_now
from common.operations.log import list_actions
from common.operations.overview import read_overview
from common.operations.web import asking
from common.operations.web.answering import done, errors_of, refused
from common.web import deps


def show_overview() -> str:
    return _overview()


def show_summary() -> str:
    """Return the service's card on `/ops`, which asks each service by itself."""
    with deps().database.transaction() as session:
        return render_template("operations/_summary.html", seen=read_overview(session))


def begin_pause() -> ResponseReturnValue:
    asked, reason = asking.posted(asking.DestinationIn), request.form.get("reason", "")
    try:
        with deps().database.transaction() as session:
            holding.pause(
                session,
                asking.doer(),
                asking.destination_of(asked),
                services=asking.services(),
                reason=reason,
            )
    except (Conflict, Invalid) as refusal:
        return _overview(typed={**asked, "reason": reason}, refusal=refusal), refusal.status
    return done(_("It is held back from now on."))


def end_pause() -> ResponseReturnValue:
    asked = asking.posted(asking.DestinationIn)
    try:
        with deps().database.transaction() as session:
            holding.resume(session, asking.doer(), asking.destination_of(asked))
    except NotFound as refusal:
        return refused(refusal)
    return done(_("It goes on."))


def hurry_destination() -> ResponseReturnValue:
    destination = asking.destination_of(asking.posted(asking.DestinationIn))
    with deps().database.transaction() as session:
        number = hurry(session, asking.doer(), destination)
    return done(ngettext("%(num)s is tried now.", "%(num)s are tried now.", number))


def run_job(name: str) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        number = run_job_now(session, asking.doer(), name=name)
    return done(_("It runs as soon as a worker is free.") if number else _("It runs already."))


def _overview(typed: dict[str, str] | None = None, refusal: Refusal | None = None) -> str:
    with deps().database.transaction() as session:
        seen, recent = read_overview(session), list_actions(session, limit=5).rows
    return render_template(
        "operations/overview.html",
        seen=seen,
        recent=recent,
        subscribers=asking.services(),
        typed=typed or {"kind": holding.EFFECT, "name": "", "key": "", "reason": ""},
        errors=errors_of(refusal),
    )
