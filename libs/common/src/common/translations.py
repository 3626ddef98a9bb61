"""Translations from .po files as they are, for pages and mails alike; no compile step."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("en", "ja")


def load_translations(directories: Iterable[Path], language: str) -> Translations:
    """Return the messages under `<directory>/<language>/LC_MESSAGES`; a later directory wins.

    English is the text itself: without a file, every message stays as it is written.
    """
    found = Translations()
    found._catalog = {}
    found.plural = lambda number: int(number != 1) if language == "en" else 0
    for directory in directories:
        path = directory / language / "LC_MESSAGES" / "messages.po"
        if path.exists():
            found._catalog.update(_messages(path, language))
    return found


def _messages(path: Path, language: str) -> dict[Any, str]:
    """Return what gettext looks up: id, or (id, index) for plurals, context joined by \\x04."""
    entries: dict[Any, str] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if not message.id or not message.string:
                continue
            prefix = f"{message.context}\x04" if message.context else ""
            if isinstance(message.id, tuple | list):
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                entries |= {(prefix + message.id[0], i): str(f) for i, f in enumerate(forms)}
            else:
                entries[prefix + message.id] = str(message.string)
    return entries
