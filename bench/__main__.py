"""`make bench`: measures, prints a table, writes var/bench.json; exits 1 when over a budget."""

import json
import shutil
import sys
from pathlib import Path

from bench import ledger, links, mails, publish, stack

MEASURES = {
    "links": links.measure,
    "publish": publish.measure,
    "stack": stack.measure,
    "mails": mails.measure,
    "ledger": ledger.measure,
}
VAR = Path("var")


def main() -> int:
    wanted = sys.argv[1:] or list(MEASURES)
    folder = VAR / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    figures = [figure.as_json() for name in wanted for figure in MEASURES[name](folder.resolve())]
    (VAR / "bench.json").write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    for figure in figures:
        mark = "✓" if figure["ok"] else "✗"
        budget = f"at most {figure['budget']} {figure['unit']}"
        print(f"{mark} {figure['name']:<60} {figure['value']:>9} {figure['unit']:<4} {budget}")
    return 0 if all(figure["ok"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
