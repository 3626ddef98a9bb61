"""Every kind of mail in every language, as text and as HTML."""

import re
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from common.translations import LANGUAGES
from notifications.domain.kinds import KINDS, STAFF
from notifications.domain.languages import mail_language
from notifications.mails.render import MailWriter
from notifications.mails.samples import sample_mails
from notifications.store.models import Message

EVENTS = Path("docs/events")
WRITER = MailWriter(
    sender="Orderlink <orders@orderlink.example>", public_url="https://order.example"
)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def mails(language: str) -> dict[str, EmailMessage]:
    pairs = sample_mails(EVENTS, language)
    return {message.kind: WRITER.write(message, secret) for message, secret in pairs}


def sample_of(kind: str, language: str) -> Message:
    return next(m for m, _ in sample_mails(EVENTS, language) if m.kind == kind)


def changed_mail(kind: str, language: str, **values: Any) -> EmailMessage:
    message = sample_of(kind, language)
    message.values = message.values | values
    return WRITER.write(message, None)


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert html
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.rule("R195")
def test_each_kind_is_written_as_text_and_html_in_the_language(kind: str, language: str) -> None:
    mail = mails(language)[kind]
    text, html = parts(mail)
    assert mail["Content-Language"] == language
    assert f'<html lang="{language}">' in html
    has_japanese = bool(JAPANESE.search(re.sub(r"\s", "", mail["Subject"])))
    assert has_japanese or language == "en"
    for part in (text, html):
        assert "None" not in part
        assert "{{" not in part
    assert "\n\n\n" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_loads_anything_or_spies_on_its_reader(kind: str, language: str) -> None:
    _, html = parts(mails(language)[kind])
    assert not re.search(r"<(img|link|script|iframe|object)\b|url\(|@import|\bon\w+=", html)
    assert "prefers-color-scheme: dark" in html


def test_an_order_mail_writes_day_and_address_as_its_readers_do() -> None:
    for part in parts(mails("en")["order_completed_buyer"]):
        assert "February 15, 2027" in part
    for part in parts(mails("ja")["order_completed_buyer"]):
        assert "2027年2月15日" in part
        assert "東京都港区南青山5-1-1" in part


def test_an_order_mail_names_what_the_buyer_said_as_the_pages_do() -> None:
    for language, buyers, brands in (
        ("en", "Your PO number", "Buyer's PO number"),
        ("ja", "貴社の発注番号", "バイヤーの発注番号"),
    ):
        said = {"po_number": "PO-7", "comment": "Ring first.\nThen leave it."}
        for kind, label, other in (
            ("order_completed_buyer", buyers, brands),
            ("order_completed_brand", brands, buyers),
        ):
            text, html = parts(changed_mail(kind, language, **said))
            assert (label in text, other in text) == (True, False)
            assert (label in unescape(html), other in unescape(html)) == (True, False)
            assert "Ring first.\nThen leave it." in text
            assert "Ring first.<br>Then leave it." in html
            assert language == "en" or "ご要望" in text


def test_a_line_names_its_size_last_however_it_was_stored() -> None:
    lines = sample_of("order_completed_buyer", "en").values["lines"]
    lines = [{**lines[0], "properties": {"size": "S", "colour": "Ecru"}}]
    for part in parts(changed_mail("order_completed_buyer", "en", lines=lines)):
        assert "Ecru / S" in part


@pytest.mark.rule("R182", "R184")
def test_an_upload_that_we_refused_ourselves_does_not_blame_next_engine() -> None:
    ours = changed_mail("upload_attention", "en", note="The order has no address.")
    theirs = changed_mail("upload_attention", "en", note="002003 店舗伝票番号が重複しています。")
    again, by_itself = "upload it again", "the upload then starts by itself"
    for part in parts(ours):
        assert "What stands in the way: The order has no address." in part
        assert "Answer of NEXT ENGINE" not in part
        assert (by_itself in part, again in part) == (True, False)
    for part in parts(theirs):
        assert "Answer of NEXT ENGINE: 002003 店舗" in part
        assert (by_itself in part, again in part) == (False, True)
    for part in parts(changed_mail("upload_attention", "ja", note="The order has no address.")):
        assert "原因: 注文に住所がありません。" in part


@pytest.mark.rule("R197")
def test_no_buyer_mail_can_say_what_the_link_is_called() -> None:
    """A link's name in an event would have to be printed by a template: none names it."""
    folder = Path("services/notifications/src/notifications/templates/mail")
    for template in folder.rglob("*.*"):
        assert "link_name" not in template.read_text()
        assert not re.search(r"link\.(name|description)|\bdescription\b", template.read_text())


def test_amounts_and_dates_are_the_readers_and_the_zone_is_named() -> None:
    text, _ = parts(mails("en")["order_completed_buyer"])
    assert "November 23, 2026 6:00\u202fPM (Japan Standard Time)" in text
    assert "¥14,264" in text
    text, _ = parts(mails("ja")["order_completed_buyer"])
    assert "2026年11月23日 18:00 (日本標準時)" in text
    assert "￥14,264" in text


def test_only_staff_addresses_are_a_list_that_one_can_leave() -> None:
    for kind, mail in mails("en").items():
        assert mail["Auto-Submitted"] == "auto-generated"
        assert ("List-Unsubscribe" in mail) is (KINDS[kind].reader == STAFF), kind


def test_a_brand_cannot_write_headers_by_its_name() -> None:
    [(message, secret)] = [
        pair for pair in sample_mails(EVENTS, "en") if pair[0].kind == "order_completed_buyer"
    ]
    message.values = message.values | {
        "brand": {**message.values["brand"], "name": "NORD\r\nBcc: all@evil.example"}
    }
    mail = WRITER.write(message, secret)
    assert mail["Bcc"] is None
    assert "NORD Bcc: all@evil.example (Orderlink)" in str(mail["From"]).replace('"', "")


@pytest.mark.rule("R195")
@pytest.mark.parametrize(
    ("wanted", "written"),
    [("ja", "ja"), ("ja-JP", "ja"), ("fr-FR", "en"), ("", "en"), (None, "en")],
)
def test_an_unknown_language_falls_back(wanted: str | None, written: str) -> None:
    assert mail_language(wanted, LANGUAGES) == written
