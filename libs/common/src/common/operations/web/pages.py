"""/ops/<service>: what waits, what died, what is held back; and what to do about it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import Schema

from common.errors import Conflict, Invalid, NotFound, Refusal
from common.operations import acting, holding
from common.operations.hurrying import hurry_calls
from common.operations.letters import MOST_AT_ONCE, Wanted, list_groups, list_letters
from common.operations.log import list_actions
from common.operations.overview import read_overview
from common.operations.web import asking
from common.web import deps
from common.web.auth import current_operator


def make_pages(service: str) -> Blueprint:
    """Return the pages of one service. They are for operators alone."""
    bp = Blueprint("operations", __name__, url_prefix=f"/ops/{service}")
    bp.before_request(_demand_operator)
    bp.context_processor(_shell)
    bp.add_url_rule("", "show_overview", show_overview)
    bp.add_url_rule("/summary", "show_summary", show_summary)
    bp.add_url_rule("/letters", "list_dead", list_dead)
    bp.add_url_rule("/groups", "show_group", show_group)
    bp.add_url_rule("/log", "show_log", show_log)
    for rule, view in (
        ("/letters/<uuid:letter_id>/replays", replay_one),
        ("/letters/<uuid:letter_id>/skips", skip_one),
        ("/groups/replays", replay_many),
        ("/groups/skips", skip_many),
        ("/pauses", begin_pause),
        ("/pauses/endings", end_pause),
        ("/calls/hurries", hurry),
    ):
        bp.add_url_rule(rule, view.__name__, view, methods=["POST"])
    return bp


def show_overview() -> str:
    return _overview()


def show_summary() -> str:
    """Return the service's card on `/ops`, which asks each service by itself."""
    with deps().database.transaction() as session:
        return render_template("operations/_summary.html", seen=read_overview(session))


def list_dead() -> str:
    asked = _query(asking.LettersIn)
    wanted = asking.wanted_of(asked)
    with deps().database.transaction() as session:
        page = list_letters(session, wanted, after=asked["after"])
        groups = list_groups(session)
    return render_template(
        "operations/letters.html",
        letters=page.rows,
        groups=groups,
        asked=asked,
        next_url=_next("list_dead", {**wanted.values(), "after": page.next_after}),
    )


def show_group() -> ResponseReturnValue:
    """Say how many a group has before anything is done to it."""
    wanted = asking.wanted_of(_query(asking.LettersIn))
    return _group(wanted)


def show_log() -> str:
    asked = _query(asking.LogIn)
    with deps().database.transaction() as session:
        page = list_actions(session, after=asked["after"])
    return render_template(
        "operations/log.html",
        rows=page.rows,
        next_url=_next("show_log", {"after": page.next_after}),
    )


def replay_one(letter_id: UUID) -> ResponseReturnValue:
    asked = asking.posted(asking.LetterIn)
    with deps().database.transaction() as session:
        number = acting.replay_letter(
            session, asking.doer(), kind=asked["kind"], letter_id=letter_id
        )
    return _done(_("It is tried anew.") if number else _("It is no dead letter any more."))


def skip_one(letter_id: UUID) -> ResponseReturnValue:
    asked = asking.posted(asking.LetterIn)
    reason = request.form.get("reason", "")
    try:
        with deps().database.transaction() as session:
            number = acting.skip_letter(
                session, asking.doer(), kind=asked["kind"], letter_id=letter_id, reason=reason
            )
    except Invalid as refusal:
        flash(_(refusal.detail), "bad")
        return _back()
    return _done(_("It is skipped.") if number else _("It is no dead letter any more."))


def replay_many() -> ResponseReturnValue:
    asked = asking.posted(asking.GroupIn)
    wanted = asking.wanted_of(asked)
    try:
        with deps().database.transaction() as session:
            number = acting.replay_group(session, asking.doer(), wanted, expected=asked["expected"])
    except Conflict as refusal:
        return _group(wanted, refusal=refusal)
    return _done(ngettext("%(num)s is tried anew.", "%(num)s are tried anew.", number))


def skip_many() -> ResponseReturnValue:
    asked, reason = asking.posted(asking.GroupIn), request.form.get("reason", "")
    wanted = asking.wanted_of(asked)
    try:
        with deps().database.transaction() as session:
            number = acting.skip_group(
                session, asking.doer(), wanted, expected=asked["expected"], reason=reason
            )
    except (Conflict, Invalid) as refusal:
        return _group(wanted, refusal=refusal, reason=reason)
    return _done(ngettext("%(num)s is skipped.", "%(num)s are skipped.", number))


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
    return _done(_("It is held back from now on."))


def end_pause() -> ResponseReturnValue:
    asked = asking.posted(asking.DestinationIn)
    try:
        with deps().database.transaction() as session:
            holding.resume(session, asking.doer(), asking.destination_of(asked))
    except NotFound as refusal:
        flash(_(refusal.detail), "warn")
        return _back()
    return _done(_("It goes on."))


def hurry() -> ResponseReturnValue:
    asked = asking.posted(asking.HurryIn)
    with deps().database.transaction() as session:
        number = hurry_calls(session, asking.doer(), **asked)
    return _done(ngettext("%(num)s is tried now.", "%(num)s are tried now.", number))


def _overview(typed: dict[str, str] | None = None, refusal: Refusal | None = None) -> str:
    with deps().database.transaction() as session:
        seen, recent = read_overview(session), list_actions(session, limit=5).rows
    return render_template(
        "operations/overview.html",
        seen=seen,
        recent=recent,
        subscribers=asking.services(),
        typed=typed or {"kind": holding.EFFECT, "name": "", "key": "", "reason": ""},
        errors=_errors(refusal),
    )


def _group(
    wanted: Wanted, *, refusal: Refusal | None = None, reason: str = ""
) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        groups = list_groups(session, wanted) if wanted.kind and wanted.name else []
        letters = list_letters(session, wanted, limit=5).rows if groups else []
    if not groups:
        flash(_("Nothing is left of this group."), "good")
        return redirect(url_for("operations.list_dead"), 303)
    total = sum(group.number for group in groups)
    page = render_template(
        "operations/group.html",
        groups=groups,
        letters=letters,
        wanted=wanted,
        total=total,
        number=min(total, MOST_AT_ONCE),
        reason=reason,
        errors=_errors(refusal),
        notice=refusal.detail if isinstance(refusal, Conflict) else None,
    )
    return page, refusal.status if refusal else 200


def _errors(refusal: Refusal | None) -> dict[str, str]:
    if refusal is None:
        return {}
    found = {each.field: str(_(each.detail)) for each in refusal.errors}
    return found or {"name": str(_(refusal.detail))}


def _query(schema: type[Schema]) -> dict[str, Any]:
    """Return what the address asks for. Raises ValidationError, which is told as 422."""
    return dict(schema().load({name: value for name, value in request.args.items() if value}))


def _next(view: str, values: dict[str, Any]) -> str | None:
    if values["after"] is None:
        return None
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{url_for(f'operations.{view}')}?{query}"


def _done(words: str) -> ResponseReturnValue:
    flash(words, "good")
    return _back()


def _back() -> ResponseReturnValue:
    """Return to the list that the form was on, which says so in `back`."""
    view = "list_dead" if request.form.get("back") == "letters" else "show_overview"
    return redirect(url_for(f"operations.{view}"), 303)


def _demand_operator() -> None:
    current_operator()


def _shell() -> dict[str, Any]:
    own = deps().settings.service
    return {"own_service": own, "home": f"/ops/{own}", "all_services": asking.services()}
