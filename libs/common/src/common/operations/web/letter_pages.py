"""Dead letters one by one."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Invalid
from common.operations import acting
from common.operations.groups import list_groups
from common.operations.letters import list_letters
from common.operations.pace import TooManyReplays
from common.operations.web import asking
from common.operations.web.answering import done, next_url, refused
from common.web import deps


def list_dead() -> str:
    asked = asking.queried(asking.LettersIn)
    with deps().database.transaction() as session:
        page = list_letters(session, asking.wanted_of(asked), asking.leaf_of(asked))
        groups = list_groups(session)
    return render_template(
        "operations/letters.html",
        letters=page.rows,
        groups=groups,
        asked=asked,
        next_url=next_url("list_dead", asked, page.next_after),
    )


def replay_one(letter_id: UUID) -> ResponseReturnValue:
    kind = asking.posted(asking.LetterIn)["kind"]
    try:
        with deps().database.transaction() as session:
            number = acting.replay_letter(session, asking.doer(), kind=kind, letter_id=letter_id)
    except TooManyReplays as refusal:
        return refused(refusal)
    return done(_("It is tried anew.") if number else _("It is no dead letter any more."))


def skip_one(letter_id: UUID) -> ResponseReturnValue:
    kind = asking.posted(asking.LetterIn)["kind"]
    reason = request.form.get("reason", "")
    try:
        with deps().database.transaction() as session:
            number = acting.skip_letter(
                session, asking.doer(), kind=kind, letter_id=letter_id, reason=reason
            )
    except Invalid as refusal:
        return refused(refusal)
    return done(_("It is skipped.") if number else _("It is no dead letter any more."))
