"""What codes are called in the reader's language."""

from babel import Locale, UnknownLocaleError

from common.addresses import country_names
from common.web.i18n import language


def language_name(code: str) -> str:
    """Return the language as the page's language calls it; an odd code as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name(language()) or code
    except (UnknownLocaleError, ValueError):
        return code


def country_name(code: str) -> str:
    return dict(country_names(language())).get(code, code)
