"""Errors as operators may read them: a mail server's answer names whom it was for."""

import re

ADDRESS = re.compile(r"[^\s<>\"'()]+@[^\s<>\"'()]+")
LONGEST = 400


def masked(error: str | None) -> str:
    """Return the kept error without anybody's address, and not endless."""
    text = ADDRESS.sub("…@…", error or "")
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
