"""What is final asks for a word (R77)."""

from common.errors import FieldError, Invalid

WORD = "confirm"


def demand_word(typed: str) -> None:
    """Raise Invalid unless the word was typed, letter by letter."""
    if typed != WORD:
        wrong = FieldError("word", "R77", "Type the word confirm to delete for good.")
        raise Invalid("This is final and asks for a word.", rule="R77", errors=[wrong])
