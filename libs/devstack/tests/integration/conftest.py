"""Where a gateway and its services would listen; which of them run is each test's own."""

from pathlib import Path

import pytest

from devstack.addresses import INNER, Addresses
from devstack.environment import Stack
from devstack.keyring import make_keyring
from devstack.places import Places
from devstack.servers.ports import free_ports


@pytest.fixture(scope="module")
def stack(servers_folder: Path, request: pytest.FixtureRequest) -> Stack:
    """Give places and free ports of the test file's own."""
    places = Places(servers_folder / request.module.__name__.rpartition(".")[2])
    places.make()
    gateway_port, *inner = free_ports(len(INNER) + 1)
    return Stack(
        places=places,
        addresses=Addresses(gateway=gateway_port, inner=dict(zip(INNER, inner, strict=True))),
        keyring=make_keyring(),
    )
