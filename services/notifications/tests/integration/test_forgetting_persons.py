"""An erased person gets no mail any more, and the order's ledger hears why."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from common.delivery.tables import OutboxEvent
from common.privacy import Person
from common.testing import app_on
from common.testing.erasures import ASKED, ask_privacy
from notifications.app import create_app
from notifications.deps import Deps
from notifications.store.models import Message
from notifications.usecases.retry_message import retry_message
from notifications.usecases.stop_mails import ERASED
from twins.clients import MailControl

from .conftest import MAKER, Deliver
from .test_order_mails import CLAIM, ORDER, make_due, send_all

HERS = "buyer@boutique.example"
ORDER_ID = UUID("01930000-0000-7000-8000-000000000008")
BUYER_ID = UUID("01930000-0000-7000-8000-000000000006")
PERSON = Person(
    emails=(HERS,),
    maker_ids=(MAKER,),
    is_whole=True,
    buyer_ids=(BUYER_ID,),
    order_ids=(ORDER_ID,),
    names={str(MAKER): ("Boutique Aoyama",)},
)


def erase(deps: Deps, person: Person = PERSON, **asked: Any) -> dict[str, Any]:
    app: Flask = app_on(create_app, deps)
    return ask_privacy(
        app, "notifications", "erase", person, **{"dry_run": False, **ASKED, **asked}
    )


def messages(deps: Deps) -> dict[str, Message]:
    with deps.database.transaction(MAKER) as session:
        return {row.kind: row for row in session.scalars(select(Message))}


def acknowledge(deps: Deps) -> None:
    with deps.database.engine.begin() as connection:
        connection.exec_driver_sql("update outbox_delivery set state = 'acked'")


def test_what_waits_for_the_person_is_not_sent(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(CLAIM)
    acknowledge(deps)
    assert erase(deps, dry_run=True)["blocked_by"] == []
    assert messages(deps)["claim"].state == "pending"
    assert erase(deps)["blocked_by"] == []
    stopped = messages(deps)["claim"]
    assert (stopped.state, stopped.note, stopped.values) == ("dead", ERASED, {})
    assert stopped.recipient.endswith("@erased.invalid")
    with deps.database.transaction() as session:
        told = session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)).all()[-1]
    assert told.envelope["payload"]["state"] == "dead"
    assert told.envelope["payload"]["recipient_masked"] is None
    with deps.database.transaction(MAKER) as session:
        retry_message(session, message_id=stopped.id)
    make_due(deps)
    send_all(deps)
    deliver(CLAIM, recipient=stopped.recipient)
    send_all(deps)
    assert inbox.messages() == []


def test_mails_to_others_go_first_and_then_forget_whom_they_were_about(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(ORDER)
    acknowledge(deps)
    [why] = erase(deps)["blocked_by"]
    assert "2 mails to others" in why
    send_all(deps)
    acknowledge(deps)
    assert erase(deps)["blocked_by"] == []
    left = messages(deps)
    assert left["order_completed_brand"].values == {}
    assert left["order_completed_brand"].recipient in ("staff@nord.example", "maker@nord.example")
    assert left["order_completed_buyer"].recipient.endswith("@erased.invalid")
    assert len(inbox.messages()) == 3, "they went out before"
    acknowledge(deps)
    again = erase(deps)
    assert (again["blocked_by"], again["parts"]) == ([], [])


def test_another_person_s_mails_stay(deps: Deps, deliver: Deliver, inbox: MailControl) -> None:
    deliver(CLAIM)
    acknowledge(deps)
    other = replace(PERSON, emails=("other@shop.example",), buyer_ids=(), order_ids=(), names={})
    assert erase(deps, other)["parts"] == []
    send_all(deps)
    assert [mail["rcpt_to"] for mail in inbox.messages()] == [[HERS]]
