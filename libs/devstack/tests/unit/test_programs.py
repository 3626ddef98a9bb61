"""Programs are forks of the supervisor, or whatever a test has put in Python's place."""

from pathlib import Path

import pytest

from devstack import programs
from devstack.addresses import INNER, Addresses
from devstack.environment import Stack
from devstack.keyring import make_keyring
from devstack.places import Places


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    inner = {name: 20000 + number for number, name in enumerate(INNER)}
    return Stack(
        places=Places(tmp_path),
        addresses=Addresses(gateway=8080, inner=inner),
        keyring=make_keyring(),
    )


def started(stack: Stack) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    made = [*programs.migrations(stack), *programs.services(stack), *programs.loaders(stack)]
    return {program.name: (program.module, program.command) for program in made}


def test_a_launcher_stands_in_for_python(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEB_PROCESSES", raising=False)
    forked = started(stack)
    monkeypatch.setenv(programs.LAUNCHER, "/older/python")
    executed = started(stack)
    assert forked["links-worker"] == ("links.worker", ())
    assert forked["links-migrate"] == ("common.migrate", ("links",))
    assert executed == {
        name: (None, ("/older/python", "-m", str(module), *arguments))
        for name, (module, arguments) in forked.items()
    }


def test_a_launcher_stands_in_for_several_web_processes_too(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_PROCESSES", "2")
    monkeypatch.setenv(programs.LAUNCHER, "/older/python")
    assert started(stack)["links-web"] == (None, ("/older/python", "-m", "links.app"))
