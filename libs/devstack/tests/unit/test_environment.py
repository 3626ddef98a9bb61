"""What each process is told is complete: its own Settings read it without a complaint."""

import importlib
from pathlib import Path

import pytest

from devstack.addresses import INNER, Addresses
from devstack.environment import Stack, owner_environment, service_environment
from devstack.keyring import make_keyring
from devstack.places import Places
from devstack.services import SERVICES


@pytest.fixture(scope="module")
def stack() -> Stack:
    inner = {name: 20000 + number for number, name in enumerate(INNER)}
    return Stack(
        places=Places(Path("/var/x")),
        addresses=Addresses(gateway=8080, inner=inner),
        keyring=make_keyring(),
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_settings_find_all_they_ask_for(stack: Stack, service: str) -> None:
    settings = importlib.import_module(f"{service}.settings").Settings
    read = settings.from_env(service_environment(stack, service))
    assert read.service == service
    assert set(read.peers) == set(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_only_migrations_are_told_of_the_owner(stack: Stack, service: str) -> None:
    env = service_environment(stack, service)
    assert f"//{service}_app:" in env["DATABASE_URL"]
    assert "OWNER_DATABASE_URL" not in env
    assert f"{service}_owner" not in "".join(env.values())
    assert f"//{service}_owner:" in owner_environment(stack, service)["OWNER_DATABASE_URL"]


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_is_told_anothers_secrets(stack: Stack, service: str) -> None:
    told = "".join(service_environment(stack, service).values())
    keys = stack.keyring
    for other in SERVICES:
        if other != service:
            assert keys.private_keys[other] not in told
            assert keys.roles[f"{other}_app"] not in told
    assert keys.postgres not in told
    assert (keys.mail_tokens in told) == (service == "identity")
    assert (keys.stored_tokens in told) == (service == "checkout")
