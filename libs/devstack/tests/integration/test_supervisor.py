"""The supervisor restarts who dies, stops everybody, and leaves nobody behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.integration
STAND_INS = Path(__file__).parent / "stand_ins"


@dataclass
class Supervised:
    process: subprocess.Popen[str]
    folder: Path

    def pids(self) -> dict[str, int]:
        entries = json.loads((self.folder / "run" / "processes.json").read_text())
        return {name: entry["pid"] for name, entry in entries.items()}

    def log(self, name: str) -> str:
        return (self.folder / "log" / f"{name}.log").read_text()

    def everybody(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"{words!r} was never said")


@contextmanager
def supervised(folder: Path, *programs: str) -> Iterator[Supervised]:
    process = subprocess.Popen(
        [sys.executable, STAND_INS / "supervise.py", folder, *programs],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield Supervised(process, folder)
    finally:
        process.kill()
        process.wait()


def wait_for(look: Callable[[], bool], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def has_another_pid(them: Supervised, name: str, old: int) -> bool:
    return them.pids().get(name, old) != old


def lives(process: psutil.Process) -> bool:
    """Return whether it still runs; a zombie only waits to be counted by its new parent."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_lines_carry_the_name_of_who_said_them(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady", "two steady") as them:
        assert them.read_until("I am two").startswith("two")
        wait_for(lambda: "hello I am one" in them.log("one"))


def test_who_dies_is_started_again_after_a_growing_pause(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady") as them:
        them.read_until("ready")
        for pause in ("0.5 s", "1 s"):
            pid = them.pids()["one"]
            os.kill(pid, signal.SIGKILL)
            assert f"ended with -9; starts again in {pause}" in them.read_until("ended")
            wait_for(partial(has_another_pid, them, "one", pid))


def test_who_speaks_to_somebody_who_has_gone_lives_on(tmp_path: Path) -> None:
    """Python ignores SIGPIPE; a fork that did not died without a word, now and then."""
    with supervised(tmp_path, "one steady talkative") as them:
        them.read_until("hello I am one")
        assert "nobody there" in them.log("one")
        assert "ended" not in them.log("one")


def test_why_somebody_died_is_in_its_log(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady") as them:
        them.read_until("ready")
        os.kill(them.pids()["one"], signal.SIGKILL)
        wait_for(lambda: "ended with -9" in them.log("one"))


def test_a_stop_ends_everybody_also_the_stubborn_and_their_children(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady", "two steady stubborn", "three steady parent") as them:
        them.read_until("ready")
        wait_for(lambda: len(them.everybody()) == 4)
        everybody = them.everybody()
        them.process.send_signal(signal.SIGINT)
        assert them.process.wait(60) == 0
        assert [each for each in everybody if lives(each)] == []
        assert not (tmp_path / "run" / "processes.json").exists()


def test_everybody_ends_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady", "two steady") as them:
        them.read_until("ready")
        everybody = them.everybody()
        them.process.kill()
        wait_for(lambda: not any(lives(each) for each in everybody))


def test_the_next_start_ends_who_outlived_a_killed_supervisor(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady stubborn") as them:
        them.read_until("ready")
        [stubborn] = them.everybody()
        wait_for(lambda: "hello" in them.log("one"))
        them.process.kill()
    assert lives(stubborn)
    with supervised(tmp_path, "one steady") as them:
        assert them.read_until("leftovers").strip() == "leftovers 1"
        them.read_until("ready")
        assert not lives(stubborn)


def test_a_process_that_only_has_the_number_of_an_old_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    entry = {"one": {"pid": os.getpid(), "born": 1.0}}
    (tmp_path / "run" / "processes.json").write_text(json.dumps(entry))
    with supervised(tmp_path, "one steady") as them:
        assert them.read_until("leftovers").strip() == "leftovers 0"


def test_two_at_once_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady") as first:
        first.read_until("ready")
        with supervised(tmp_path, "one steady") as second:
            pid = first.process.pid
            line = second.read_until("✗")
            assert line == (
                f"✗ Orderlink already runs here (process {pid}): stop it first, or use it.\n"
            )
            assert second.process.wait(60) == 1


def test_a_failed_start_says_why_and_stops_the_others(tmp_path: Path) -> None:
    with supervised(tmp_path, "one steady", "two failing") as them:
        line = them.read_until("✗")
        assert line == "✗ two ended while starting: ValueError: the soup is cold\n"
        assert them.process.wait(60) == 1
