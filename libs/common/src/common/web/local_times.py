"""Dates and times as somebody typed them in a form, as instants (R22, R23, D2)."""

from datetime import datetime

from flask_babel import gettext as _

from common.errors import FieldError
from common.local_time import LocalTimeRefused, instant_of, local_of


def read_moment(
    field: str, local: str, zone: str, *, stored: datetime | None, errors: list[FieldError]
) -> datetime | None:
    """Return the instant, or None with what is wrong added to `errors` at `field`.

    A field that nobody touched keeps its `stored` instant, with its seconds, and though a clock
    shows that time twice.
    """
    try:
        if stored is not None and local == local_of(stored, zone):
            return stored
        return instant_of(local, zone)
    except LocalTimeRefused as refused:
        errors.append(FieldError(field, refused.code, refusal_words(refused)))
        return None


def refusal_words(refused: LocalTimeRefused) -> str:
    """Return the refusal in the reader's language."""
    if refused.code == "twice":
        words = _("The clock shows this time twice: %(first)s or %(second)s.", **_pair(refused))
    elif refused.code == "never":
        words = _("The clock skips this time: %(first)s or %(second)s.", **_pair(refused))
    else:
        words = _(str(refused))
    return str(words)


def _pair(refused: LocalTimeRefused) -> dict[str, str]:
    return dict(zip(("first", "second"), refused.candidates, strict=True))
