"""The public routes of all services, asked once for all attacks."""

import pytest
from tests.integration.attacks import Route, public_routes

from devstack.testing.stack import RunningStack


@pytest.fixture(scope="session")
def routes(stack: RunningStack) -> list[Route]:
    return public_routes(stack)
