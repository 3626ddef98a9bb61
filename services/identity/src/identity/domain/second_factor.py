"""The second factor: codes of 30 seconds that work once, and recovery codes that work once."""

import hashlib
import secrets

STEP_SECONDS = 30
TRIES = 5
"""Of one sign-in; then it begins with the password again."""
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is easily misread."""
LENGTH, GROUP = 16, 4


def new_recovery_code() -> str:
    """Return "k3vx-7p2m-…": 79 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def recovery_hash(typed: str) -> str:
    """Return what is stored of a recovery code, however its groups were typed."""
    plain = "".join(each for each in typed.lower() if each.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def is_six_digits(typed: str) -> bool:
    return len(digits_of(typed)) == 6 and not any(each.isalpha() for each in typed)


def digits_of(typed: str) -> str:
    """Return the digits typed, full-width ones too, without spaces."""
    return "".join(str(int(each)) for each in typed if each.isdecimal())
