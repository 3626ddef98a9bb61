"""What waits, row by row; skipping a delivery; and the log of what operators did."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from common.errors import Invalid
from common.operations.deliveries import skip_delivery
from common.operations.log import list_actions
from common.operations.rows import RowPage, Sought
from common.operations.waiting import (
    CALL_STATES,
    OUTBOX_STATES,
    list_calls,
    list_inbox,
    list_outbox,
)
from common.operations.web import asking
from common.operations.web.answering import done, next_url, refused
from common.web import deps

ListRows = Callable[[Session, Sought], RowPage]


def show_outbox() -> str:
    return _rows("outbox", list_outbox, asking.OutboxIn, states=OUTBOX_STATES)


def show_inbox() -> str:
    return _rows("inbox", list_inbox, asking.InboxIn)


def show_calls() -> str:
    return _rows("calls", list_calls, asking.CallsIn, states=CALL_STATES)


def show_log() -> str:
    asked = asking.queried(asking.LogIn)
    with deps().database.transaction() as session:
        page = list_actions(session, after=asked["after"])
    return render_template(
        "operations/log.html", rows=page.rows, next_url=next_url("show_log", {}, page.next_after)
    )


def skip_one_delivery(event_id: UUID) -> ResponseReturnValue:
    subscriber, reason = (request.form.get(name, "") for name in ("subscriber", "reason"))
    try:
        with deps().database.transaction() as session:
            number = skip_delivery(
                session, asking.doer(), event_id=event_id, subscriber=subscriber, reason=reason
            )
    except Invalid as refusal:
        return refused(refusal)
    return done(_("It is skipped.") if number else _("Nothing is owed of it any more."))


def _rows(
    which: str, list_rows: ListRows, schema: type[asking.AgedIn], *, states: Collection[str] = ()
) -> str:
    asked: dict[str, Any] = asking.queried(schema)
    with deps().database.transaction() as session:
        page = list_rows(session, asking.sought_of(asked))
    return render_template(
        "operations/rows.html",
        which=which,
        rows=page.rows,
        asked={"state": None, **asked},
        states=states,
        services=asking.services(),
        next_url=next_url(f"show_{which}", asked, page.next_after),
    )
