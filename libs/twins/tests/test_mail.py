"""The inbox: what it keeps, and what it does to those who deliver."""

import smtplib
import time
from datetime import datetime
from email.message import EmailMessage

import httpx
import pytest

from twins.clients import MailControl
from twins.server import Running

TO = "taro@example.jp"


def letter(message_id: str = "<order-1.buyer@orderlink.test>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Orderlink <no-reply@orderlink.test>"
    message["To"] = TO
    message["Subject"] = "ご注文ありがとうございます"
    message["Message-ID"] = message_id
    message.set_content("合計 2,426円\n")
    message["Content-Language"] = "ja"  # The next line moves it into the first part.
    message.add_alternative("<p>合計 <b>2,426円</b></p><script>alert(1)</script>", subtype="html")
    return message


def deliver(twins: Running, message: EmailMessage, to: str = TO) -> None:
    with smtplib.SMTP(twins.smtp_host, twins.smtp_port, timeout=5) as smtp:
        smtp.send_message(message, to_addrs=[to])


def test_a_delivered_message_is_kept_with_all_its_parts(twins: Running, mail: MailControl) -> None:
    deliver(twins, letter())

    [kept] = mail.messages()
    assert kept["message_id"] == "<order-1.buyer@orderlink.test>"
    assert kept["subject"] == "ご注文ありがとうございます"
    assert kept["language"] == "ja"
    assert kept["rcpt_to"] == [TO]
    assert kept["text"] == "合計 2,426円\n"
    assert "<b>2,426円</b>" in kept["html"]
    assert kept["reply"] == "sent"


def test_messages_are_found_by_recipient_instant_and_id(twins: Running, mail: MailControl) -> None:
    deliver(twins, letter("<1@x>"))
    [first] = mail.messages(to=TO.upper())
    deliver(twins, letter("<2@x>"), to="brand@example.com")

    [later] = mail.messages(after=first["id"])
    assert later["message_id"] == "<2@x>"
    assert [kept["message_id"] for kept in mail.messages(to=TO)] == ["<1@x>"]
    since = datetime.fromisoformat(later["received_at"])
    assert [kept["message_id"] for kept in mail.messages(since=since)] == ["<2@x>"]


def test_accepted_then_drop_keeps_the_message_and_loses_the_reply(
    twins: Running, mail: MailControl
) -> None:
    mail.order_fault("accepted_then_drop")

    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        deliver(twins, letter())
    deliver(twins, letter())

    assert [(kept["message_id"], kept["reply"]) for kept in mail.messages()] == [
        ("<order-1.buyer@orderlink.test>", "lost"),
        ("<order-1.buyer@orderlink.test>", "sent"),
    ]


def test_drop_keeps_nothing(twins: Running, mail: MailControl) -> None:
    mail.order_fault("drop")

    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        deliver(twins, letter())

    assert mail.messages() == []


@pytest.mark.parametrize("code", [450, 550])
def test_a_recipient_is_refused(twins: Running, mail: MailControl, code: int) -> None:
    mail.order_fault("rcpt", code=code, text="not here", recipient=TO)

    deliver(twins, letter(), to="other@example.jp")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        deliver(twins, letter())

    assert refused.value.recipients == {TO: (code, b"not here")}
    assert len(mail.messages()) == 1


@pytest.mark.parametrize("code", [451, 554])
def test_a_message_is_refused(twins: Running, mail: MailControl, code: int) -> None:
    mail.order_fault("data", code=code, text="no", times=2)

    for _ in range(2):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            deliver(twins, letter())
        assert refused.value.smtp_code == code
    deliver(twins, letter())

    assert len(mail.messages()) == 1


def test_a_slow_reply_drips(twins: Running, mail: MailControl) -> None:
    mail.order_fault("slow", seconds=0.4)
    began = time.monotonic()

    deliver(twins, letter())

    assert time.monotonic() - began >= 0.3
    assert len(mail.messages()) == 1


def test_a_refused_connection_hears_no_greeting(twins: Running, mail: MailControl) -> None:
    mail.order_fault("refuse")

    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        deliver(twins, letter())

    deliver(twins, letter())
    assert len(mail.messages()) == 1


def test_the_pages_show_a_message_without_running_it(twins: Running, mail: MailControl) -> None:
    deliver(twins, letter())
    [kept] = mail.messages()

    inbox = httpx.get(f"{twins.mail}/", trust_env=False)
    page = httpx.get(f"{twins.mail}/messages/{kept['id']}", trust_env=False)
    frame = httpx.get(f"{twins.mail}/messages/{kept['id']}/html", trust_env=False)

    assert "ご注文ありがとうございます" in inbox.text
    assert "合計 2,426円" in page.text
    assert "<script>" not in page.text
    assert 'sandbox="allow-popups"' in page.text
    assert frame.headers["Content-Security-Policy"].startswith("sandbox")


def test_the_inbox_can_be_emptied(twins: Running, mail: MailControl) -> None:
    deliver(twins, letter())

    httpx.post(f"{twins.mail}/emptied", trust_env=False)

    assert mail.messages() == []
