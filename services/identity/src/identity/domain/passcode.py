"""What a buyer's own passcode must be; staff reads it out, so it may be short, but not guessable."""

from common.errors import FieldError, Invalid

MIN_LENGTH, MAX_LENGTH = 6, 64


class WeakPasscode(Invalid):
    code = "weak_passcode"
    rule = "R54"


def check_passcode(passcode: str, *, unique_code: str) -> None:
    """Raise WeakPasscode for one too short or too long, of one character, or equal to the code."""
    is_long_enough = MIN_LENGTH <= len(passcode) <= MAX_LENGTH
    is_varied = len(set(passcode)) > 2
    if not is_long_enough or not is_varied or passcode.casefold() == unique_code.casefold():
        detail = "Please choose 6 or more characters that nobody guesses from the code."
        raise WeakPasscode(errors=[FieldError("passcode", "weak_passcode", detail)])
