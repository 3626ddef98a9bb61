"""What a user's password must be (R52)."""

from common.errors import FieldError, Invalid

MIN_LENGTH = 8
MAX_LENGTH = 200
"""Longer ones only make hashing dear."""


class WeakPassword(Invalid):
    code = "weak_password"
    rule = "R52"


def check_password(password: str, *, field: str = "password") -> None:
    """Raise WeakPassword unless it has 8 or more characters with letters, digits and symbols."""
    kinds = (
        any(each.isalpha() for each in password),
        any(each.isdigit() for each in password),
        any(not each.isalnum() and not each.isspace() for each in password),
    )
    if not (MIN_LENGTH <= len(password) <= MAX_LENGTH and all(kinds)):
        raise WeakPassword(errors=[FieldError(field, "weak_password", "")])
