"""Handing a mail over to servers of every temper: what is said about it must be true."""

import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from common.delivery import Again, Dead, Done, Outcome, Unknown
from notifications.gateways.smtp import SmtpSender
from notifications.gateways.smtp_server import SmtpServer
from twins.clients import MailControl
from twins.mail.certificate import self_made
from twins.server import Running, running_twins
from twins.settings import Settings

TO = "taro@example.jp"


@pytest.fixture(scope="module")
def plain() -> Iterator[Running]:
    with running_twins(Settings()) as running:
        yield running


@pytest.fixture(scope="module")
def strict() -> Iterator[Running]:
    with running_twins(
        Settings(smtp_tls=True, smtp_user="orderlink", smtp_password="s3")
    ) as running:
        yield running


@pytest.fixture
def control(plain: Running) -> Iterator[MailControl]:
    with MailControl(plain.mail) as control:
        control.reset()
        yield control


@pytest.fixture
def sender(plain: Running) -> Iterator[SmtpSender]:
    made = SmtpSender(SmtpServer.of_url(f"smtp://127.0.0.1:{plain.smtp_port}"), deadline=1.5)
    yield made
    made.close()


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Orderlink <orders@orderlink.example>"
    mail["To"] = TO
    mail["Message-ID"] = "<one@orderlink.example>"
    mail.set_content("合計 2,426円")
    return mail


def test_one_connection_carries_many_mails(sender: SmtpSender, control: MailControl) -> None:
    opened = []
    connect = sender._pool._server.connect
    object.__setattr__(sender._pool, "_server", _Counting(connect, opened))
    for _ in range(20):
        assert isinstance(sender.send(letter()), Done)
    assert len(control.messages()) == 20
    assert len(opened) == 1


class _Counting:
    def __init__(self, connect: object, opened: list[int]) -> None:
        self._connect, self._opened = connect, opened

    def connect(self) -> object:
        self._opened.append(1)
        return self._connect()  # type: ignore[operator]


@pytest.mark.parametrize("moment", ["rcpt", "data"])
@pytest.mark.parametrize(("code", "outcome"), [(451, Again), (421, Again), (550, Dead)])
def test_a_refusal_is_told_in_their_words(
    sender: SmtpSender, control: MailControl, moment: str, code: int, outcome: type[Outcome]
) -> None:
    control.order_fault(moment, code=code, text="4.7.1 Greylisted, come back")
    said = sender.send(letter())
    assert isinstance(said, outcome)
    assert "Greylisted" in said.reason  # type: ignore[union-attr]
    assert control.messages() == []
    assert isinstance(sender.send(letter()), Done)


def test_a_lost_reply_is_in_doubt_whether_it_was_kept_or_not(
    sender: SmtpSender, control: MailControl
) -> None:
    for kind in ("accepted_then_drop", "drop"):
        control.order_fault(kind)
        assert isinstance(sender.send(letter()), Unknown)
    assert len(control.messages()) == 1


def test_a_kept_connection_that_died_meanwhile_is_no_failure(
    sender: SmtpSender, control: MailControl
) -> None:
    assert isinstance(sender.send(letter()), Done)
    [kept] = sender._pool._kept
    kept.smtp.sock.shutdown(2)  # type: ignore[union-attr]
    assert isinstance(sender.send(letter()), Done)
    assert len(control.messages()) == 2


def test_no_drip_outlasts_the_deadline(sender: SmtpSender, control: MailControl) -> None:
    control.order_fault("hang", seconds=30)
    began = time.monotonic()
    assert isinstance(sender.send(letter()), Unknown)
    assert time.monotonic() - began < 5
    control.order_fault("slow", seconds=0.5)
    assert isinstance(sender.send(letter()), Done)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    said = SmtpSender(SmtpServer.of_url("smtp://127.0.0.1:1")).send(letter())
    assert isinstance(said, Again)
    assert "does not answer" in said.reason


def test_a_certificate_of_their_own_making_is_refused_until_it_is_trusted(
    strict: Running, tmp_path: Path
) -> None:
    url = f"smtp://orderlink:s3@127.0.0.1:{strict.smtp_port}?starttls=required"
    said = SmtpSender(SmtpServer.of_url(url)).send(letter())
    assert isinstance(said, Again)
    assert "self-signed" in said.reason or "self signed" in said.reason
    trusted = tmp_path / "ca.pem"
    trusted.write_text(self_made()[0])
    sender = SmtpSender(SmtpServer.of_url(url, ca_file=str(trusted)))
    assert isinstance(sender.send(letter()), Done)
    sender.close()


def test_a_wrong_password_is_said_without_the_password(strict: Running, tmp_path: Path) -> None:
    trusted = tmp_path / "ca.pem"
    trusted.write_text(self_made()[0])
    url = f"smtp://orderlink:hunter2@127.0.0.1:{strict.smtp_port}"
    said = SmtpSender(SmtpServer.of_url(url, ca_file=str(trusted))).send(letter())
    assert isinstance(said, Again)
    assert "refused the sign-in (535)" in said.reason
    assert "hunter2" not in said.reason


def test_encryption_that_is_required_is_not_done_without(plain: Running) -> None:
    url = f"smtp://127.0.0.1:{plain.smtp_port}?starttls=required"
    said = SmtpSender(SmtpServer.of_url(url)).send(letter())
    assert isinstance(said, Again)
    assert "STARTTLS" in said.reason


@pytest.mark.parametrize(
    "url", ["http://x", "smtp://u:p@mail.example?starttls=offered", "smtp://x?starttls=maybe"]
)
def test_a_password_never_travels_in_the_clear(url: str) -> None:
    with pytest.raises(ValueError, match="starttls"):
        SmtpServer.of_url(url)
