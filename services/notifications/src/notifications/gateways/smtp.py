"""SMTP, step by step, so that we know what a lost connection means."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from common.delivery import Again, Dead, Done, Outcome, Unknown

TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class SmtpServer:
    """Any mail server: plain with STARTTLS where it is offered, or TLS from the first byte."""

    host: str
    port: int
    is_tls: bool
    user: str | None
    password: str | None

    @classmethod
    def of_url(cls, url: str) -> "SmtpServer":
        """Return the server of smtp://[user:password@]host[:port] or smtps://…"""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if is_tls else 587),
            is_tls=is_tls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    def send(self, mail: EmailMessage) -> Outcome:
        """Hand the mail over; say whether it surely went, surely did not, or may have."""
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as lost:
            return Again(None, f"The mail server does not answer: {_words(lost)}")
        try:
            return _hand_over(connection, mail)
        finally:
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self.is_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=tls
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
            connection.ehlo_or_helo_if_needed()
            if connection.has_extn("starttls"):
                connection.starttls(context=tls)
                connection.ehlo()
        if self.user and self.password:
            connection.login(self.user, self.password)
        return connection


def _hand_over(connection: smtplib.SMTP, mail: EmailMessage) -> Outcome:
    sender = parseaddr(str(mail["From"]))[1]
    recipient = parseaddr(str(mail["To"]))[1]
    try:
        connection.ehlo_or_helo_if_needed()
        for code, words in (connection.mail(sender), connection.rcpt(recipient)):
            if code >= 400:
                return _refused(code, words)
    except (OSError, smtplib.SMTPException) as lost:
        return Again(None, f"The mail server hung up early: {_words(lost)}")
    try:
        code, words = connection.data(mail.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as lost:
        return Unknown(f"The reply was lost: {_words(lost)}")
    if code >= 400:
        return _refused(code, words)
    _say_goodbye(connection)
    return Done(note=_text(words))


def _refused(code: int, words: bytes | str) -> Outcome:
    told = f"{code} {_text(words)}"
    return Again(None, told) if code < 500 else Dead(told)


def _say_goodbye(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        return


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _words(lost: Exception) -> str:
    return f"{type(lost).__name__} {lost}".strip()[:200]
