"""One raw message as people and tests want to see it."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What one accepted DATA carried. A repeat of the same message is another arrival."""

    id: int
    received_at: datetime
    mail_from: str
    rcpt_to: tuple[str, ...]
    message_id: str
    subject: str
    header_from: str
    header_to: str
    language: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    size: int
    reply: str
    """sent, or lost where the sender was left without the answer."""


def read_arrival(
    raw: bytes,
    *,
    number: int,
    mail_from: str,
    rcpt_to: list[str],
    received_at: datetime,
    reply: str,
) -> Arrival:
    """Parse the message; what it does not have is ""."""
    message = message_from_bytes(raw, policy=default)
    return Arrival(
        id=number,
        received_at=received_at,
        mail_from=mail_from,
        rcpt_to=tuple(rcpt_to),
        message_id=str(message.get("Message-ID", "")).strip(),
        subject=str(message.get("Subject", "")),
        header_from=str(message.get("From", "")),
        header_to=str(message.get("To", "")),
        language=_language(message),
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        size=len(raw),
        reply=reply,
    )


def _language(message: EmailMessage) -> str:
    """Return Content-Language of the message or of its first part that has one.

    Python's EmailMessage moves the header into the first part when a second one is added.
    """
    found = (part.get("Content-Language") for part in message.walk())
    return next((str(language) for language in found if language), "")


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):
        return "(unreadable)"
