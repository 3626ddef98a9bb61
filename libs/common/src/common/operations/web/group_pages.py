"""Dead letters by failure: say how many a group has before anything is done to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from common.errors import Conflict, Invalid, Refusal
from common.operations import acting
from common.operations.groups import MOST_AT_ONCE, list_groups
from common.operations.letters import Leaf, Wanted, list_letters
from common.operations.pace import TooManyReplays
from common.operations.web import asking
from common.operations.web.answering import done, errors_of
from common.web import deps


def show_group() -> ResponseReturnValue:
    return _group(asking.wanted_of(asking.queried(asking.LettersIn)))


def replay_many() -> ResponseReturnValue:
    asked = asking.posted(asking.GroupIn)
    wanted = asking.wanted_of(asked)
    try:
        with deps().database.transaction() as session:
            number = acting.replay_group(session, asking.doer(), wanted, expected=asked["expected"])
    except (Conflict, TooManyReplays) as refusal:
        return _group(wanted, refusal=refusal)
    return done(ngettext("%(num)s is tried anew.", "%(num)s are tried anew.", number))


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
    return done(ngettext("%(num)s is skipped.", "%(num)s are skipped.", number))


def _group(
    wanted: Wanted, *, refusal: Refusal | None = None, reason: str = ""
) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        groups = list_groups(session, wanted) if wanted.kind and wanted.name else []
        letters = list_letters(session, wanted, Leaf(limit=5)).rows if groups else []
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
        errors=errors_of(refusal) if isinstance(refusal, Invalid) else {},
        notice=None if refusal is None or isinstance(refusal, Invalid) else refusal.detail,
    )
    return page, refusal.status if refusal else 200
