"""Release and expiration as somebody typed them, as instants (R22, R23, D2)."""

from datetime import datetime

from common.errors import FieldError
from common.web.local_times import read_moment
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
    return read_moment(name, local, zone, stored=stored, errors=errors)
