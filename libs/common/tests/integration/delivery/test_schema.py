"""The tables that migrations make are the tables that the code means."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from common.db import Base
from common.delivery import DELIVERY_TABLES

from .conftest import Toy

pytestmark = pytest.mark.integration


def test_the_migrated_tables_are_the_mapped_ones(alpha: Toy) -> None:
    def is_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or name in DELIVERY_TABLES

    options = {"include_object": is_ours, "compare_server_default": False, "compare_type": False}
    with alpha.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, Base.metadata)
    # Indexes and checks live in the frozen DDL alone: only the columns must agree.
    columns = [each for each in found if "index" not in each[0] and "constraint" not in each[0]]
    assert columns == []
