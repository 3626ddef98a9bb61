"""From a completed order to the inbox, against the SMTP twin."""

import pytest
from sqlalchemy import select, text, update

from common.delivery import OutboundCall
from common.delivery.outbound import kinds
from common.delivery.outbound_leases import claim_call
from common.delivery.outbound_runner import perform
from common.delivery.tables import OutboxEvent
from common.ids import new_id
from notifications.deps import Deps
from notifications.store.models import Message, Recipient
from notifications.usecases.plan_mail import MAIL
from notifications.usecases.retry_message import retry_message
from twins.clients import MailControl

from .conftest import MAKER, Deliver

ORDER = "checkout.order_completed.v1"
CLAIM = "identity.mail_requested.v1"


def send_all(deps: Deps) -> None:
    """Perform every mail that is due."""
    while (call := claim_call(deps.database, kinds()[MAIL])) is not None:
        perform(deps.database, deps, kinds()[MAIL], call)


def make_due(deps: Deps) -> None:
    with deps.database.transaction() as session:
        session.execute(update(OutboundCall).values(next_attempt_at=text("now()")))


def states(deps: Deps) -> dict[str, str]:
    with deps.database.transaction(MAKER) as session:
        return {m.recipient: m.state for m in session.scalars(select(Message))}


@pytest.mark.rule("R189", "R190", "R195", "R197")
def test_buyer_and_staff_each_get_one_mail_in_their_language(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(ORDER)
    send_all(deps)
    mails = {mail["rcpt_to"][0]: mail for mail in inbox.messages()}
    assert set(mails) == {
        "buyer@boutique.example",
        "staff@nord.example",
        "maker@nord.example",
    }
    assert "ご注文ありがとうございます" in mails["buyer@boutique.example"]["text"]
    assert "￥14,264" in mails["buyer@boutique.example"]["text"].replace("¥", "￥")
    assert "New order NORD-00000042" in mails["staff@nord.example"]["subject"]
    assert "新しい注文 NORD-00000042" in mails["maker@nord.example"]["subject"]
    assert "日本標準時" in mails["buyer@boutique.example"]["text"] or "JST" in str(
        mails["buyer@boutique.example"]["text"]
    )


@pytest.mark.rule("R207")
def test_the_same_order_again_sends_nothing_more(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(ORDER)
    deliver(ORDER)
    send_all(deps)
    assert len(inbox.messages()) == 3


@pytest.mark.rule("R207")
def test_a_checkout_of_two_orders_sends_one_mail_per_order_and_recipient(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    twice = ["buyer@boutique.example", "BUYER@boutique.example"]
    for number in ("NORD-00000042", "NORD-00000043"):
        deliver(ORDER, order_id=str(new_id()), order_number=number, recipients=twice)
    send_all(deps)
    arrived = inbox.messages(to="buyer@boutique.example")
    assert len(arrived) == 2
    assert len({mail["message_id"] for mail in arrived}) == 2
    assert {number in arrived[0]["subject"] + arrived[1]["subject"] for number in ("42", "43")} == {
        True
    }


@pytest.mark.rule("R190")
def test_another_brands_addresses_hear_nothing(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    with deps.database.transaction(MAKER) as session:
        session.add(
            Recipient(maker_id=MAKER, brand_id=new_id(), email="other@nord.example", language="en")
        )
    deliver(ORDER, recipients=[])
    send_all(deps)
    assert {m["rcpt_to"][0] for m in inbox.messages()} == {
        "staff@nord.example",
        "maker@nord.example",
    }


@pytest.mark.rule("R197")
def test_what_the_link_is_called_is_in_no_mail(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    secret = {"link_name": "VIP blackmail", "link": {"name": "VIP blackmail"}}
    deliver(ORDER, **secret, description="VIP blackmail")
    deliver("checkout.payment_refunded.v1", **secret, description="VIP blackmail")
    send_all(deps)
    assert len(inbox.messages()) == 6
    assert "VIP" not in str(inbox.messages())


def test_a_lost_reply_is_in_doubt_and_sent_again_under_the_same_name(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    inbox.order_fault("accepted_then_drop", recipient="buyer@boutique.example")
    deliver(ORDER)
    send_all(deps)
    assert states(deps)["buyer@boutique.example"] == "unknown"
    make_due(deps)
    send_all(deps)
    arrived = inbox.messages(to="buyer@boutique.example")
    assert len(arrived) == 2
    assert len({mail["message_id"] for mail in arrived}) == 1
    assert set(states(deps).values()) == {"done"}


@pytest.mark.rule("R196")
def test_a_refused_mail_is_listed_with_their_words_and_goes_on_retry(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    inbox.order_fault(
        "rcpt", recipient="buyer@boutique.example", code=550, text="5.1.1 No such mailbox"
    )
    deliver(ORDER)
    send_all(deps)
    with deps.database.transaction(MAKER) as session:
        query = select(Message).where(Message.recipient == "buyer@boutique.example")
        message = session.scalars(query).one()
        assert message.state == "dead"
        assert str(message.note).startswith("5")
    for _ in range(10):
        with deps.database.transaction(MAKER) as session:
            retry_message(session, message_id=message.id)
    send_all(deps)
    assert len(inbox.messages(to="buyer@boutique.example")) == 1


def test_a_claim_leads_to_what_identity_says_and_keeps_no_secret(
    deps: Deps, deliver: Deliver, inbox: MailControl
) -> None:
    deliver(CLAIM)
    send_all(deps)
    [mail] = inbox.messages(to="buyer@boutique.example")
    assert "http://127.0.0.1:8080/account/claims/q9ZJ" in mail["text"]
    with deps.database.transaction(MAKER) as session:
        assert (
            session.scalar(text("select count(*) from messages where messages::text ~ 'q9ZJ'")) == 0
        )


def test_every_change_is_announced_to_the_orders_ledger(deps: Deps, deliver: Deliver) -> None:
    deliver(ORDER)
    send_all(deps)
    with deps.database.transaction() as session:
        said = [
            event.envelope["payload"]["state"] for event in session.scalars(select(OutboxEvent))
        ]
    assert sorted(said) == ["done"] * 3 + ["pending"] * 3


def test_another_makers_messages_are_not_there(deps: Deps, deliver: Deliver) -> None:
    deliver(ORDER)
    with deps.database.transaction() as session:
        assert session.scalars(select(Message)).all() == []


def test_the_order_s_ledger_is_told_whom_the_brand_s_mails_go_to(
    deps: Deps, deliver: Deliver
) -> None:
    deliver(ORDER)
    with deps.database.transaction() as session:
        events = session.scalars(select(OutboxEvent)).all()
    told = {each.envelope["payload"]["recipient"] for each in events}
    assert told == states(deps).keys()
    assert "buyer@boutique.example" in told
