"""Writes a message as a mail: subject, text and HTML in the reader's language."""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime as format_rfc
from email.utils import parseaddr
from typing import Any

from common.translations import LANGUAGES
from notifications.domain.kinds import KINDS, STAFF
from notifications.domain.naming import message_id_header
from notifications.gateways.identity import Secret
from notifications.mails.templates import mail_environment
from notifications.store.models import Message

OURSELVES = "Orderlink"


class MailWriter:
    """Knows the templates in every language, the sender and the public address."""

    def __init__(self, *, sender: str, public_url: str) -> None:
        self._sender = sender
        self._public_url = public_url
        self._environments = {language: mail_environment(language) for language in LANGUAGES}

    def write(self, message: Message, secret: Secret | None) -> EmailMessage:
        """Return the mail. The same message gives the same Message-ID, whenever it is sent."""
        values = self._values(message, secret)
        mail = EmailMessage()
        mail["From"] = self._from(values["sender_name"])
        mail["To"] = message.recipient
        mail["Subject"] = " ".join(self._render(message, "subject.txt", values).split())
        mail["Message-ID"] = message_id_header(
            subject_id=message.subject_id,
            kind=message.kind,
            recipient=message.recipient,
            sender=self._sender,
        )
        mail["Date"] = format_rfc(message.created_at)
        self._add_list_headers(mail, message)
        text = _without_gaps(self._render(message, "body.txt", values))
        mail.set_content(text, cte="quoted-printable")
        html = self._render(message, "body.html", values)
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
        # After the parts: EmailMessage would move it into the first of them.
        mail["Content-Language"] = message.language
        return mail

    def _from(self, name: str) -> Address:
        """Return the sender, under the brand's name where a brand speaks."""
        _, address = parseaddr(self._sender)
        shown = OURSELVES if name == OURSELVES else f"{name} ({OURSELVES})"
        return Address(_one_line(shown), addr_spec=address)

    def _add_list_headers(self, mail: EmailMessage, message: Message) -> None:
        """No machine answers any of them; only staff addresses are a list that one can leave."""
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        if KINDS[message.kind].reader == STAFF and message.brand_id:
            domain = parseaddr(self._sender)[1].rpartition("@")[2]
            mail["List-Id"] = f"<{message.kind.replace('_', '-')}.{message.brand_id}.{domain}>"
            mail["List-Unsubscribe"] = f"<{self._public_url}/notifications/recipients>"

    def _render(self, message: Message, part: str, values: Mapping[str, Any]) -> str:
        environment = self._environments[message.language]
        return environment.get_template(f"mail/{message.kind}/{part}").render(values)

    def _values(self, message: Message, secret: Secret | None) -> dict[str, Any]:
        return {
            **message.values,
            "language": message.language,
            "time_zone": message.time_zone,
            "sender_name": sender_name(message.values),
            "secret": secret,
            "public_url": self._public_url,
            "link": self._public_url + secret.path if secret and secret.path else None,
            "order_url": f"{self._public_url}/orders/{message.order_id}",
        }


def sender_name(values: Mapping[str, Any]) -> str:
    """Return who speaks to the reader: the brand, whoever invites, else ourselves."""
    brand = values.get("brand") or {}
    found = brand.get("name") or values.get("brand_name") or values.get("from_name")
    return str(found or OURSELVES)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_gaps(text: str) -> str:
    """Return the text with no more than one empty line in a row."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
