"""Start a whole stack in the order in which its parts need each other, saying each step."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from devstack import programs
from devstack.databases import make_database, make_roles
from devstack.environment import Stack
from devstack.gateway import gateway, gather_static
from devstack.kept_pictures import kept_pictures
from devstack.services import SERVICES
from devstack.supervisor.loop import Supervisor
from devstack.supervisor.output import Screen
from devstack.supervisor.preload import preload
from devstack.told import write_world


def start(stack: Stack, supervisor: Supervisor, *, has_world: bool = True) -> None:
    """Start everything; return when all of it is ready. Raises CannotStart."""
    screen = supervisor.screen
    with step(screen, "PostgreSQL, the broker and the cache"):
        start_servers(stack, supervisor)
    with step(screen, "five databases, migrated"):
        preload()
        make_databases(stack)
        supervisor.run_to_end(programs.migrations(stack))
    with step(screen, "twins of NEXT ENGINE and the mail server"):
        supervisor.start([programs.twins(stack)])
    with step(screen, f"services: {', '.join(SERVICES)}"):
        supervisor.start(programs.services(stack))
    with step(screen, "the gateway"):
        start_gateway(stack, supervisor)
    if has_world:
        with step(screen, "the demo world"), kept_pictures(stack.places):
            supervisor.run_to_end(programs.loaders(stack))
    write_world(stack)


def start_servers(stack: Stack, supervisor: Supervisor) -> None:
    postgres, valkeys = programs.postgres_of(stack), programs.valkeys_of(stack)
    for server in (postgres, *valkeys):
        server.prepare()
    supervisor.start([postgres.program(), *(valkey.program() for valkey in valkeys)])


def make_databases(stack: Stack) -> None:
    """Make roles and databases that are not there yet; passwords become those of the keyring."""
    with programs.postgres_of(stack).connect() as connection:
        for service in SERVICES:
            make_roles(connection, service, stack.keyring.roles)
            make_database(connection, service)


def start_gateway(stack: Stack, supervisor: Supervisor) -> None:
    gather_static(stack)
    server = gateway(stack)
    server.prepare()
    supervisor.start([server.program()])


@contextmanager
def step(screen: Screen, words: str) -> Iterator[None]:
    """Say the step when it is done, with the seconds it took."""
    began = time.monotonic()
    yield
    screen.step(f"{words} ({time.monotonic() - began:.1f} s)")
