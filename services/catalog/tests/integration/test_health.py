"""Catalog's own part of `/health/check`: a sample line is priced, files can be kept."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from catalog.deps import Deps
from common.files import Storage
from devstack.servers.postgres import Postgres

pytestmark = pytest.mark.integration


def found(app: Flask) -> Mapping[str, Any]:
    reply = app.test_client().get("/health/check")
    return {each["name"]: each for each in reply.json["checks"]}


def test_a_line_of_a_real_product_is_priced(app: Flask, deps: Deps, maker_id: UUID) -> None:
    told = found(app)["sample price"]
    assert (told["ok"], told["detail"]) == (True, "a line in JPY has its price")
    with deps.database.transaction(maker_id) as session:
        session.execute(text("delete from prices"))
    assert found(app)["sample price"]["detail"] == "nothing has a price yet"


def test_pricing_that_is_broken_turns_it_red(app: Flask, deps: Deps, postgres: Postgres) -> None:
    with postgres.connect(str(deps.database.engine.url.database)) as owner:
        owner.execute("alter table rate_overrides rename to gone")
    told = found(app)["sample price"]
    assert (told["ok"], told["detail"]) == (False, "failed: ProgrammingError")


def test_a_folder_of_files_that_is_gone_is_told(app: Flask, deps: Deps, tmp_path: Path) -> None:
    folder = tmp_path / "media"
    app.extensions["deps"] = replace(deps, storage=Storage(str(folder)))
    assert found(app)["files"]["ok"]
    shutil.rmtree(folder)
    assert not found(app)["files"]["ok"]
    app.extensions["deps"] = deps
