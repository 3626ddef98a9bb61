"""Languages: English and Japanese, from .po files read as they are; formats by CLDR."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale

from common.translations import LANGUAGES, load_translations

COOKIE = "language"
REMEMBERED_SECONDS = 365 * 24 * 3600


def install(app: Flask, *, directories: Iterable[Path]) -> None:
    """Translate with the catalogs under `directories`; a later one wins."""
    babel = _PoBabel(directories)
    babel.init_app(app, locale_selector=chosen_language)
    app.after_request(_remember)


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


def _remember(response: Response) -> Response:
    """Keep a language that the address asked for in this browser, for the pages that follow."""
    wish = request.args.get("language")
    if wish in LANGUAGES:
        response.set_cookie(
            COOKIE, wish, max_age=REMEMBERED_SECONDS, path="/", httponly=True, samesite="Lax"
        )
    return response


def language() -> str:
    """Return the two letters of the language that this request is answered in."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


def language_name(code: str) -> str:
    """Return the language as the page's language calls it; an odd code as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name(language()) or code
    except (UnknownLocaleError, ValueError):
        return code


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
            self.cache[spoken] = load_translations(self._directories, spoken)
        return self.cache[spoken]
