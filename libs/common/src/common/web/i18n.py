"""Languages: English and Japanese, from .po files read as they are; formats by CLDR."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

LANGUAGES = ("en", "ja")
COOKIE = "language"


def install(app: Flask, *, directories: Iterable[Path]) -> None:
    """Translate with the catalogs under `directories`; a later one wins."""
    babel = _PoBabel(directories)
    babel.init_app(app, locale_selector=chosen_language)


def chosen_language() -> str:
    """Return the page's language: asked for, remembered, the session's, the browser's."""
    from common.web.auth import known_claims

    claims = known_claims()
    wishes = (
        request.args.get("language"),
        request.cookies.get(COOKIE),
        claims.language if claims else None,
        request.accept_languages.best_match(LANGUAGES),
    )
    return next((wish for wish in wishes if wish in LANGUAGES), LANGUAGES[0])


def language() -> str:
    """Return the two letters of the language that this request is answered in."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


class _PoBabel(Babel):  # type: ignore[misc]
    def __init__(self, directories: Iterable[Path]) -> None:
        super().__init__()
        self._own_domain = _PoDomain(list(directories))

    @property
    def domain_instance(self) -> "Domain":
        return self._own_domain


class _PoDomain(Domain):  # type: ignore[misc]
    """Loads .po files without a compile step; each language is read once per process."""

    def __init__(self, directories: Sequence[Path]) -> None:
        super().__init__()
        self._directories = directories

    def get_translations(self) -> Any:
        spoken = language()
        if spoken not in self.cache:
            self.cache[spoken] = self._load(spoken)
        return self.cache[spoken]

    def _load(self, spoken: str) -> NullTranslations:
        found = Translations()
        found._catalog = {}
        found.plural = lambda number: int(number != 1) if spoken == "en" else 0
        for directory in self._directories:
            path = directory / spoken / "LC_MESSAGES" / "messages.po"
            if path.exists():
                found._catalog.update(_messages(path, spoken))
        return found


def _messages(path: Path, spoken: str) -> dict[Any, str]:
    """Return what gettext looks up: id, or (id, index) for plurals, context joined by \\x04."""
    entries: dict[Any, str] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=spoken):
            if not message.id or not message.string:
                continue
            prefix = f"{message.context}\x04" if message.context else ""
            if isinstance(message.id, tuple | list):
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                entries |= {(prefix + message.id[0], i): str(f) for i, f in enumerate(forms)}
            else:
                entries[prefix + message.id] = str(message.string)
    return entries
