"""What codes are called in the reader's language."""

from common.addresses import country_names
from common.web.i18n import language


def country_name(code: str) -> str:
    return dict(country_names(language())).get(code, code)
