"""Every sentence of a .po formats: templates fill each one in, and a lone % breaks the page."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

LONE = re.compile(r"%(?!\(\w+\)[sd]|%)")


def find(root: Path) -> Iterator[str]:
    """Give a sentence per translation that a page could not show."""
    for folder in ("libs", "services"):
        for file in sorted((root / folder).rglob("*.po")):
            for sentence in _sentences(file):
                if LONE.search(sentence.replace("%%", "")):
                    yield f"{file.relative_to(root)}: write ％ or %% in: {sentence}"


def _sentences(file: Path) -> Iterator[str]:
    with file.open("rb") as lines:
        for message in read_po(lines):
            forms = message.string or ""
            yield from [forms] if isinstance(forms, str) else forms
