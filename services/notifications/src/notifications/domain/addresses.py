"""What counts as a mail address."""

import re

# Source: HTML Living Standard, "valid email address", with a domain of two parts at least.
ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)


def tidy_address(text: str) -> str | None:
    """Return the address in lower case, as it is compared, or None when it is none."""
    address = text.strip().lower()
    return address if len(address) <= 254 and ADDRESS.fullmatch(address) else None
