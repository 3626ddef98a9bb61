"""Pictures of every mail: kind, language, HTML by day and by night, and plain text.

python -m devstack.screenshots.mails [folder]
"""

import html
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from common.translations import LANGUAGES
from devstack.demo.chromium import running_chromium
from notifications.mails.render import MailWriter
from notifications.mails.samples import sample_mails

EVENTS = Path("docs/events")
FOLDER = Path("var/screenshots/mails")
WRITER = MailWriter(
    sender="Orderlink <orders@orderlink.example>", public_url="https://order.example"
)
VIEWS = (("html", "light", 680), ("html", "dark", 680), ("phone", "light", 390))


def photograph_mails(chromium: Browser, folder: Path = FOLDER) -> list[Path]:
    """Write one picture per kind, language and view into `folder`; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        picture
        for name, page, text in written_mails()
        for picture in _photograph(chromium, folder, name, page, text)
    ]


def written_mails() -> Iterator[tuple[str, str, str]]:
    """Give (name, HTML, text with its subject) of every kind in every language."""
    for language in LANGUAGES:
        for message, secret in sample_mails(EVENTS, language):
            mail = WRITER.write(message, secret)
            text, page = mail.get_body(("plain",)), mail.get_body(("html",))
            if text is None or page is None:
                raise ValueError(f"{message.kind} lacks a part")
            words = f"From: {mail['From']}\nSubject: {mail['Subject']}\n\n{text.get_content()}"
            yield f"{message.kind}.{language}", page.get_content(), words


def _photograph(chromium: Browser, folder: Path, name: str, page: str, text: str) -> Iterator[Path]:
    for view, scheme, width in VIEWS:
        path = folder / f"{name}.{view}.{scheme}.png"
        _shoot(chromium, page, path, width=width, scheme=scheme)
        yield path
    path = folder / f"{name}.text.png"
    _shoot(
        chromium,
        f'<pre style="white-space: pre-wrap">{html.escape(text)}</pre>',
        path,
        width=680,
        scheme="light",
    )
    yield path


def _shoot(chromium: Browser, page: str, path: Path, *, width: int, scheme: str) -> None:
    tab = chromium.new_page(
        viewport={"width": width, "height": 400},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    try:
        tab.set_content(page)
        tab.screenshot(path=path, full_page=True)
    finally:
        tab.close()


if __name__ == "__main__":
    with running_chromium() as browser:
        taken = photograph_mails(browser, Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
        print(f"{len(taken)} pictures in {taken[0].parent}")
