"""Committed requirements carry hashes and no address: they work wherever packages come from."""

import re
from collections.abc import Iterator
from pathlib import Path

ADDRESS = re.compile(r"https?://|--index-url|--extra-index-url|--find-links", re.IGNORECASE)


def find(root: Path) -> Iterator[str]:
    """Give a sentence per address or requirement without a hash."""
    for path in sorted((root / "requirements").glob("*.txt")):
        text = path.read_text()
        name = path.relative_to(root)
        for number, line in enumerate(text.splitlines(), start=1):
            if ADDRESS.search(line):
                yield f"{name}:{number} names an address"
        if text.count("==") > text.count("--hash=") or "--hash=" not in text:
            yield f"{name} lacks hashes; run make requirements"
