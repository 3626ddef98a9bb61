"""Writes a message as a mail: subject, text and HTML, amounts and dates by CLDR."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime as format_rfc
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_currency, format_decimal
from babel.support import Translations
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from common.money import Money
from common.translations import LANGUAGES, load_translations
from notifications.domain.naming import message_id_header
from notifications.gateways.identity import Secret
from notifications.store.models import Message

HERE = Path(__file__).parents[1]


class MailWriter:
    """Knows the templates in every language, the sender and the public address."""

    def __init__(self, *, sender: str, public_url: str) -> None:
        self._sender = sender
        self._public_url = public_url
        self._environments = {language: _environment(language) for language in LANGUAGES}

    def write(self, message: Message, secret: Secret | None) -> EmailMessage:
        """Return the mail. The same message gives the same Message-ID, whenever it is sent."""
        values = self._values(message, secret)
        mail = EmailMessage()
        mail["From"] = self._sender
        mail["To"] = message.recipient
        mail["Subject"] = " ".join(self._render(message, "subject.txt", values).split())
        mail["Message-ID"] = message_id_header(
            subject_id=message.subject_id,
            kind=message.kind,
            recipient=message.recipient,
            sender=self._sender,
        )
        mail["Date"] = format_rfc(message.created_at)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(self._render(message, "body.txt", values), cte="quoted-printable")
        html = self._render(message, "body.html", values)
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
        # After the parts: EmailMessage would move it into the first of them.
        mail["Content-Language"] = message.language
        return mail

    def _render(self, message: Message, part: str, values: Mapping[str, Any]) -> str:
        environment = self._environments[message.language]
        return environment.get_template(f"mail/{message.kind}/{part}").render(values)

    def _values(self, message: Message, secret: Secret | None) -> dict[str, Any]:
        return {
            **message.values,
            "language": message.language,
            "time_zone": message.time_zone,
            "secret": secret,
            "link": self._public_url + secret.path if secret and secret.path else None,
            "order_url": f"{self._public_url}/orders/{message.order_id}",
        }


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("notifications"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations: Translations = load_translations([HERE / "translations"], language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        money=lambda amount: _money(amount, language),
        number=lambda value: format_decimal(value, locale=language),
        instant=lambda moment, zone: _instant(moment, zone, language),
    )
    return environment


def _money(amount: Mapping[str, Any], language: str) -> str:
    value = Money.of_json(amount)
    return str(format_currency(value.decimal, value.currency, locale=language))


def _instant(moment: str | datetime, zone: str, language: str) -> str:
    """Return the instant in the maker's zone, with the zone named (D2)."""
    instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = format_datetime(instant.astimezone(ZoneInfo(zone)), "long", locale=language)
    return str(local)
