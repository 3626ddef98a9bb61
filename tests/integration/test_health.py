"""`orderlink health` beside a running stack: all is well, and who is away is named by the others."""

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest
from tests.integration.commands import orderlink

from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

pytestmark = pytest.mark.journey
PATIENCE = 120.0


def health(stack: RunningStack, *options: str) -> tuple[int, str]:
    done = orderlink(stack, "checkout", "health", *options, seconds=60)
    return done.returncode, done.stdout


def unwell(stack: RunningStack) -> Mapping[str, Any]:
    answers = json.loads(health(stack, "--json")[1])
    return {
        f"{service}: {each['name']}": each["detail"]
        for service, answer in answers.items()
        for each in answer["checks"]
        if not each["ok"]
    } | {s: a["status"] for s, a in answers.items() if not a["checks"]}


def wait_until_well(stack: RunningStack) -> None:
    until = time.monotonic() + PATIENCE
    while (found := unwell(stack)) and time.monotonic() < until:
        time.sleep(1)
    assert not found


def test_everything_is_well_and_priced(stack: RunningStack) -> None:
    wait_until_well(stack)
    status, told = health(stack)
    assert status == 0, told
    for service in SERVICES:
        assert f"{service}: well" in told
    assert "✓ sample price" in told
    assert "has its price" in told
    assert "✓ mail server" in told
    assert "postgresql" not in told


def test_who_hangs_is_named_by_those_who_ask_it(stack: RunningStack) -> None:
    wait_until_well(stack)
    with stack.frozen("catalog-web"):
        found = unwell(stack)
        assert found["catalog"].startswith("does not answer")
        for service in set(SERVICES) - {"catalog"}:
            assert f"{service}: peer catalog" in found
        status, _ = health(stack, "--service", "links")
        assert status == 1
    wait_until_well(stack)
