"""Whoever is owed an event reads it, and whoever reads one is owed it: else it dies or never comes."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

from common.delivery import Event
from devstack.services import SERVICES

HANDLER = re.compile(r'@on_event\(\s*"([^"]+)"')


def readers() -> set[tuple[str, str]]:
    """Return (event, service) for every handler that is written down."""
    return {
        (name, service)
        for service in SERVICES
        for path in Path(f"services/{service}/src").rglob("*.py")
        for name in HANDLER.findall(path.read_text())
    }


def owed() -> set[tuple[str, str]]:
    """Return (event, subscriber) for every event that a service declares."""
    found: set[tuple[str, str]] = set()
    for service in SERVICES:
        if not Path(f"services/{service}/src/{service}/events.py").exists():
            continue
        module = importlib.import_module(f"{service}.events")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Event) and kind is not Event:
                found |= {(kind.name, subscriber) for subscriber in kind.subscribers}
    return found


def test_every_subscriber_reads_and_every_reader_subscribes() -> None:
    assert owed() == readers()


@pytest.mark.parametrize("event", sorted({name for name, _ in readers()}))
def test_every_event_that_is_read_has_its_sample(event: str) -> None:
    assert Path(f"docs/events/{event}.json").exists()
