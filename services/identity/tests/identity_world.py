"""The demo world's rows, written once per test process and copied for each test."""

import pytest

from common.clock import utc_now
from common.db import Database
from devstack.databases import ServiceDatabase
from devstack.world.identity import load

CHEAP_KIB = 64
"""Argon2 in the tests takes little memory; what is asserted is counted, not timed."""


def fill_with_world(made: ServiceDatabase) -> None:
    """Write who exists, for `make_service_database(…, filled_by=fill_with_world)`."""
    database = Database(made.url)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("common.passwords.MEMORY_KIB", CHEAP_KIB)
        load(database, now=utc_now(), env={})
    database.close()
