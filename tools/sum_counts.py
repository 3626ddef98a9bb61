"""Adds up what every run of tools/test_lanes.py has counted: the closing line of .ci/run.

`python tools/sum_counts.py embedded docker` names the runs that there must be: one that did not
come to count anything is one failure.
"""

import json
import sys
from collections import Counter
from pathlib import Path

COUNTS = Path(__file__).resolve().parents[1] / "var" / "counts"


def main() -> int:
    total = Counter(passed=0, failed=0, skipped=0)
    for name in sys.argv[1:]:
        path = COUNTS / f"{name}.json"
        total.update(json.loads(path.read_text()) if path.exists() else {"failed": 1})
    print(", ".join(f"{number} {what}" for what, number in total.items()))
    return int(total["failed"] > 0)


if __name__ == "__main__":
    sys.exit(main())
