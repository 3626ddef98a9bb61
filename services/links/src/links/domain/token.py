"""The address of a link: 128 random bits, 22 characters, saying nothing of anybody (R15)."""

import re
import secrets

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def new_token() -> str:
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Whether it could be one; what cannot be is not looked up."""
    return TOKEN.fullmatch(text) is not None
