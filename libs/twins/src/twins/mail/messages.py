"""One raw message as people and tests want to see it."""

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is written in a message; what it does not have is ""."""

    message_id: str
    subject: str
    header_from: str
    header_to: str
    language: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


def read_letter(raw: bytes) -> Letter:
    """Parse a message.

    By the older of Python's two policies: the newer one takes ten times as long, and a bench waits.
    """
    message = message_from_bytes(raw)
    return Letter(
        message_id=_header(message, "Message-ID"),
        subject=_header(message, "Subject"),
        header_from=_header(message, "From"),
        header_to=_header(message, "To"),
        language=_language(message),
        headers=tuple((name, _decoded(str(value))) for name, value in message.items()),
        text=_body(message, "text/plain"),
        html=_body(message, "text/html"),
    )


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """Return a header unfolded and in plain text."""
    unfolded = value.replace("\r", "").replace("\n", "").strip()
    try:
        return str(make_header(decode_header(unfolded))) if "=?" in unfolded else unfolded
    except (HeaderParseError, LookupError, ValueError):
        return unfolded


def _language(message: Message) -> str:
    """Return Content-Language of the message or of its first part that has one.

    Python's EmailMessage moves the header into the first part when a second one is added.
    """
    found = (part.get("Content-Language") for part in message.walk())
    return next((str(language) for language in found if language), "")


def _body(message: Message, kind: str) -> str:
    """Return the first part of that type that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return _text(part)
    return ""


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")
