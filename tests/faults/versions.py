"""Another version of the code, taken from the clone's history, and how to run processes from it."""

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from devstack.places import ROOT

MIGRATIONS = "services/*/migrations/versions/*.py"
NO_HISTORY = (
    "There is no earlier version to begin with: this clone has no history, or none whose"
    " migrations lead on to today's. Say `git fetch --unshallow`, or PREVIOUS=<commit>."
)


def previous_version() -> str:
    """Return the commit PREVIOUS, else the newest whose migrations are a beginning of today's.

    It has fewer files and none that has gone since: so the tables differ, and the way on is today's
    migrations. Fails the test where there is no such commit.
    """
    if os.environ.get("PREVIOUS"):
        return _git("rev-parse", "--verify", f"{os.environ['PREVIOUS']}^{{commit}}")
    today = {str(path.relative_to(ROOT)) for path in ROOT.glob(MIGRATIONS)}
    for commit in ("HEAD", *(f"{each}^" for each in _migrating_commits())):
        then = _migrations_of(commit)
        if then and then < today:
            return _git("rev-parse", commit)
        print(f"{commit}: its migrations are no beginning of today's", flush=True)
    pytest.fail(NO_HISTORY)


def unpack(commit: str, folder: Path) -> Path:
    """Write the commit's files into a new folder in it; return that."""
    tree = folder / commit[:12]
    archive = subprocess.run(
        ["git", "archive", "--format=tar", commit, "libs", "services"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(tree, filter="data")
    return tree


def sources_of(tree: Path) -> str:
    """Return the PYTHONPATH that puts a tree's packages before the installed ones."""
    found = (path for part in ("libs", "services") for path in (tree / part).glob("*/src"))
    return os.pathsep.join(str(path) for path in sorted(found))


class Launcher:
    """A program that is Python with one tree's code; which tree may change while others run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run_from(self, tree: Path) -> None:
        """Let whoever starts from now on have this tree's code."""
        draft = self.path.with_suffix(".new")
        draft.write_text(
            f"#!/bin/sh\nPYTHONPATH='{sources_of(tree)}' exec '{sys.executable}' \"$@\"\n"
        )
        draft.chmod(0o755)
        draft.replace(self.path)


def _migrating_commits() -> list[str]:
    return _git("log", "--format=%H", "--", f":(glob){MIGRATIONS}").split()


def _migrations_of(commit: str) -> set[str]:
    """Return the paths of a commit's migrations; none of a commit that is not here."""
    done = _ask_git("ls-tree", "-r", "--name-only", commit, "services")
    return {path for path in done.stdout.split() if Path(path).match(MIGRATIONS)}


def _git(*words: str) -> str:
    done = _ask_git(*words)
    if done.returncode != 0:
        pytest.fail(f"{NO_HISTORY} Git said: {done.stderr.strip()}")
    return done.stdout.strip()


def _ask_git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
