"""The public routes of all services, asked once for all attacks."""

import pytest
from tests.integration.attacks import Route, public_routes

from devstack.testing.any_stack import AnyStack


@pytest.fixture(scope="session")
def routes(stack: AnyStack) -> list[Route]:
    return public_routes(stack)
