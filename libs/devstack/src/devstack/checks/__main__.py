"""Runs all of them: failures end with 1, warnings are shown and do no harm."""

import sys

from devstack.checks import ceilings, commits, containers, migrations, requirements, translations
from devstack.places import ROOT


def main() -> int:
    warnings = list(ceilings.find(ROOT))
    fatal = (commits, containers, migrations, requirements, translations)
    failures = [line for check in fatal for line in check.find(ROOT)]
    for line in warnings:
        print(f"warning: {line}")
    for line in failures:
        print(f"error: {line}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
