"""A new password on its way in: the rules said at the field, the hash made outside transactions."""

from flask_babel import gettext as _

from identity.deps import deps
from identity.domain.password import WeakPassword, check_password


def weakness(password: str) -> str | None:
    """Return the sentence to say at the field, or None for a password that is strong enough."""
    try:
        check_password(password)
    except WeakPassword:
        return str(_("Use 8 or more characters with letters, digits and symbols."))
    return None


def hash_of_new(password: str) -> str:
    """Return its salted hash. Raises WeakPassword, Unavailable."""
    check_password(password)
    return deps().passwords.hash(password)
