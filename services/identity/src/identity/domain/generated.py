"""Codes, passcodes and passwords that we make: random, easy to read out, hard to guess."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what is mistaken for something else: 0 O, 1 I L."""
GROUPS, GROUP = 3, 4


def make_unique_code() -> str:
    """Return 8 characters, one of 8.5e11: also without a passcode no list to walk through."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


def make_passcode() -> str:
    """Return 12 characters in three groups, about 59 bits: "kx7m-93qd-w2vp"."""
    while True:
        drawn = [secrets.choice(LETTERS + DIGITS) for _ in range(GROUPS * GROUP)]
        if any(each in DIGITS for each in drawn) and any(each in LETTERS for each in drawn):
            return "-".join("".join(drawn[at : at + GROUP]) for at in range(0, len(drawn), GROUP))
