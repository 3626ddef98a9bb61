"""E-mail addresses: the one way they are written, and how they are shown to strangers."""

import re

ADDRESS = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
MAX_LENGTH = 254  # Source: RFC 5321, 4.5.3.1.3.


def normal(address: str) -> str:
    """Return the address as it is stored and compared."""
    return address.strip().lower()


def is_email(address: str) -> bool:
    """Say whether a mail could be sent there at all."""
    return len(address) <= MAX_LENGTH and ADDRESS.fullmatch(address) is not None


def masked(address: str) -> str:
    """Return "b***@shop.example": enough to recognise one's own, no more."""
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
