"""The public routes of all services, asked once for all attacks."""

import os

import pytest
from tests.integration.attacks import Route, public_routes

from devstack.testing.any_stack import AnyStack

BESIDE_THE_SERVICES = ["test_health.py", "test_privacy.py"]
"""Their commands run as processes of this machine, which reach no service inside of containers."""
collect_ignore = BESIDE_THE_SERVICES if os.environ.get("STACK") == "docker" else []


@pytest.fixture(scope="session")
def routes(stack: AnyStack) -> list[Route]:
    return public_routes(stack)
