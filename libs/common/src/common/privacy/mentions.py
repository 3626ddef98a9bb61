"""Where an address stands in a longer text: as a whole, never as a part of somebody else's."""

import re
from collections.abc import Iterable

LIKE_SPECIAL = re.compile(r"([\\%_])")
# What an address may have before and after it in a text. Its own letters are ASCII's, so that text
# without spaces (Japanese) is a border; in JSON a new line is written \n.
BEFORE = r"(?:(?<![a-z0-9._%+-])|(?<=\\[bfnrt]))"
AFTER = r"(?![a-z0-9_-]|\.[a-z0-9])"


def mentions(words: str) -> str:
    """Return the SQL condition that the text `words` names one of the person's addresses.

    The first half is quick and finds too much: ann@x.example is in joann@x.example, too.
    """
    return f"({words} ilike any(:email_patterns) and {words} ~* any(:email_words))"


def pattern_of(email: str) -> str:
    """Return the pattern for `ilike`: what has the address somewhere."""
    return "%" + LIKE_SPECIAL.sub(r"\\\1", email) + "%"


def word_of(email: str) -> str:
    """Return the regular expression, the same to Python and PostgreSQL, for the whole address."""
    return f"{BEFORE}{re.escape(email)}{AFTER}"


def without_mentions(text: str, emails: Iterable[str], *, instead: str) -> str:
    """Return the text without the addresses."""
    every = "|".join(word_of(each) for each in emails)
    return re.sub(every, instead, text, flags=re.IGNORECASE) if every else text
