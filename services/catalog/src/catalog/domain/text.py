"""Text in the buyer's language, else the maker's default, else whatever there is (R62)."""

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str, *, default: str) -> str:
    """Return the text of that language; a missing or empty one falls back. Empty if none is."""
    for wanted in (language, default, *texts):
        if texts.get(wanted):
            return texts[wanted]
    return ""
