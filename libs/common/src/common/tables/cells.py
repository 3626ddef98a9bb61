"""Cells that a spreadsheet would run: an apostrophe in front makes them text (CSV injection).

Source: OWASP, CSV Injection; the full-width signs are formulas to a Japanese Excel.
"""

import re

STARTS = "=+\\-@\\t\\r\\n＝＋－＠"
DANGEROUS = re.compile(f"'*[{STARTS}]")
MARKED = re.compile(f"'+[{STARTS}]")


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet that opens the CSV takes it for a formula."""
    return f"'{text}" if DANGEROUS.match(text) else text


def marked_only(text: str) -> str:
    """Return the text for a cell that is typed as text: a formula is none there, but text that
    begins like one of ours with its apostrophe gets another, so that `restored` gives it back.
    """
    return f"'{text}" if MARKED.match(text) else text


def restored(text: str) -> str:
    """Return the text as it was before `harmless`."""
    return text[1:] if MARKED.match(text) else text
