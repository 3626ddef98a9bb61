"""docs/faults.md names every fault, every invariant, every blow, and only tests that exist."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from tests.faults.every_blow import EVERYWHERE

PAGE = Path("docs/faults.md").read_text()
ROW = re.compile(r"^\| ([FI]\d+) \|(.*)\|$", re.MULTILINE)
ROWS = dict(ROW.findall(PAGE))
NAMED = sorted(set(re.findall(r"`(test_[a-z0-9_]+\.py)(?:::(test_\w+))?`", PAGE)))


def test_every_fault_and_every_invariant_has_a_row() -> None:
    faults = [f"F{number}" for number in range(1, 41)]
    invariants = [f"I{number}" for number in range(1, 25)]
    assert list(ROWS) == [*faults, *invariants]


def test_every_row_names_a_test_or_says_what_is_missing() -> None:
    silent = [name for name, row in ROWS.items() if not re.search(r"“|`test_|\w\.\s*$", row)]
    assert silent == []


def test_the_page_and_the_storm_know_the_same_blows() -> None:
    struck: dict[str, set[str]] = defaultdict(set)
    for blow in EVERYWHERE:
        struck[blow.fault].add(blow.name)
    told = {name: set(re.findall("“([^”]+)”", row)) for name, row in ROWS.items()}
    assert {name: blows for name, blows in told.items() if blows} == dict(struck)


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_what_it_names_exists(file: str, test: str) -> None:
    found = [path for folder in ("tests", "libs", "services") for path in Path(folder).rglob(file)]
    assert found, file
    assert not test or any(f"def {test}(" in path.read_text() for path in found), test
