"""Each service's migrations are one chain: two of one number would leave no service able to start."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

NAMED = re.compile(r'^(revision|down_revision)(?::[^=]+)? = (?:"(\w+)"|None)', re.MULTILINE)


def find(root: Path) -> Iterator[str]:
    """Give a sentence per number that two migrations have, or that two follow."""
    for folder in sorted((root / "services").glob("*/migrations/versions")):
        found = [match for path in folder.glob("*.py") for match in NAMED.findall(path.read_text())]
        for (kind, number), times in Counter(found).items():
            if times > 1:
                yield f"{folder.relative_to(root)} has {times} migrations whose {kind} is {number}"
