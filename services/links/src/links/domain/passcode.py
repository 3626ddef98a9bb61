"""The passcode of a link (D1): asked before sign-in, and another value than any buyer's (R29)."""

import unicodedata
from dataclasses import dataclass

from common.errors import FieldError

SHORTEST, LONGEST = 4, 64


@dataclass(frozen=True)
class PasscodeWish:
    """What becomes of the passcode: off, on with a new one, or on as it was (`typed` None)."""

    is_on: bool = False
    typed: str | None = None


def normal(typed: str) -> str:
    """Return what is hashed and compared: a Japanese keyboard's wide digits are digits too."""
    return unicodedata.normalize("NFKC", typed).strip()


def wish_errors(wish: PasscodeWish, *, has_one: bool) -> list[FieldError]:
    """Return what is wrong. `has_one`: the link has a passcode that may stay as it is."""
    if not wish.is_on:
        return []
    if wish.typed is None:
        words = "Type the passcode that buyers shall enter."
        return [] if has_one else [FieldError("passcode", "required", words)]
    typed = normal(wish.typed)
    if not SHORTEST <= len(typed) <= LONGEST:
        words = f"Use {SHORTEST} to {LONGEST} characters."
        return [FieldError("passcode", "length", words)]
    if any(ord(each) < 32 for each in typed):
        return [FieldError("passcode", "unreadable", "Use characters that can be typed.")]
    return []
