"""Release and expiration as somebody typed them, as instants (R22, R23, D2)."""

from datetime import datetime

from flask_babel import gettext as _

from common.errors import FieldError
from links.domain.local_time import LocalTimeRefused, instant_of, local_of
from links.web.form.fields import LinkForm

FIELD = {"release": "release_at", "expiration": "expires_at"}


def read_limit(
    form: LinkForm, limit: str, *, zone: str, stored: datetime | None, errors: list[FieldError]
) -> datetime | None:
    """Return the instant of "release" or "expiration", or None; what is wrong is added to `errors`.

    `zone` is used where the browser did not name its own. A limit that nobody touched keeps its
    `stored` instant, with its seconds, and though a clock shows that time twice.
    """
    name = FIELD[limit]
    if not getattr(form, f"has_{limit}"):
        return None
    local, zone = getattr(form, name), getattr(form, f"{name}_zone") or zone
    try:
        if stored is not None and local == local_of(stored, zone):
            return stored
        return instant_of(local, zone)
    except LocalTimeRefused as refused:
        errors.append(FieldError(name, refused.code, words_of(refused)))
        return None


def words_of(refused: LocalTimeRefused) -> str:
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
