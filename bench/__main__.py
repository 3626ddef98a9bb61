"""`make bench`: measures, prints a table, writes var/bench.json; exits 1 when over a budget."""

import json
import shutil
import sys
from pathlib import Path

<<<<<<< HEAD
from bench import ledger, mails, publish, stack

MEASURES = {
    "publish": publish.measure,
    "stack": stack.measure,
    "mails": mails.measure,
    "ledger": ledger.measure,
}
=======
from bench import links, publish, stack

MEASURES = {"links": links.measure, "publish": publish.measure, "stack": stack.measure}
>>>>>>> 7128cf5 (bench: Measure gate and list of links against a bare page.)
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
