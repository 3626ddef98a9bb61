"""SMTP, step by step, so that we know what a lost connection means."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTP as WIRE

from common.delivery import Again, Dead, Done, Outcome, Unknown
from common.tracing import span
from notifications.gateways.smtp_deadline import deadline
from notifications.gateways.smtp_pool import Connection, SmtpPool
from notifications.gateways.smtp_server import SmtpServer, lost_words

DEADLINE_SECONDS = 60.0
"""For sender and recipient, and again for the mail itself."""


class SmtpSender:
    """Hands mails to one server over a few kept connections."""

    def __init__(self, server: SmtpServer, *, deadline: float = DEADLINE_SECONDS) -> None:
        self.server = server
        self._pool = SmtpPool(server)
        self._deadline = deadline

    def send(self, mail: EmailMessage) -> Outcome:
        """Hand the mail over; say whether it surely went, surely did not, or may have."""
        with span("SMTP", kind="client"):
            return self._send(mail)

    def close(self) -> None:
        self._pool.close()

    def _send(self, mail: EmailMessage) -> Outcome:
        connection, outcome = self._begin(mail)
        if connection is None:
            return outcome
        with deadline(connection.smtp, self._deadline):
            outcome = _hand_over(connection.smtp, mail)
        self._pool.give_back(connection)
        return outcome

    def _begin(self, mail: EmailMessage) -> tuple[Connection | None, Outcome]:
        """Return a connection that has taken sender and recipient; a kept one may be dead."""
        outcome: Outcome = Again(None, "")
        for is_fresh in (False, True):
            try:
                connection = self._pool.take(fresh=is_fresh)
            except (OSError, smtplib.SMTPException) as lost:
                return None, Again(None, f"The mail server does not answer: {lost_words(lost)}")
            try:
                with deadline(connection.smtp, self._deadline):
                    refused = _envelope(connection.smtp, mail)
            except (OSError, smtplib.SMTPException) as lost:
                connection.smtp.close()
                outcome = Again(None, f"The mail server hung up early: {lost_words(lost)}")
                if connection.was_kept:
                    continue
                return None, outcome
            if refused is None:
                return connection, outcome
            self._pool.give_back(connection)
            return None, refused
        return None, outcome


def _envelope(smtp: smtplib.SMTP, mail: EmailMessage) -> Outcome | None:
    """Say who writes to whom; return the refusal, or None."""
    sender = mail["From"].addresses[0].addr_spec
    recipient = mail["To"].addresses[0].addr_spec
    for say, address in ((smtp.mail, sender), (smtp.rcpt, recipient)):
        code, words = say(address)
        if code == 421:
            raise smtplib.SMTPServerDisconnected(_text(words))
        if code >= 400:
            return _refused(code, words)
    return None


def _hand_over(smtp: smtplib.SMTP, mail: EmailMessage) -> Outcome:
    try:
        code, words = smtp.data(mail.as_bytes(policy=WIRE))
    except smtplib.SMTPDataError as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as lost:
        smtp.close()
        return Unknown(f"The reply was lost: {lost_words(lost)}")
    if code >= 400:
        return _refused(code, words)
    return Done(note=_text(words)[:500])


def _refused(code: int, words: bytes | str) -> Outcome:
    """4xx: not now, so once more after a growing pause. 5xx: never, in their words."""
    told = f"{code} {_text(words)}"[:500]
    return Again(None, told) if code < 500 else Dead(told)


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
