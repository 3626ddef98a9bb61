"""A slip keeps its order's link: new ones by themselves, those of before by the migration."""

import runpy
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import Order

from .conftest import World
from .test_next_engine import hand_over

[MIGRATION] = Path("services/checkout/migrations/versions").glob("*_slips_know_their_link.py")
[LEARNING] = Path("services/checkout/migrations/versions").glob("*_slips_learn_their_link.py")
AS_BEFORE = """
insert into next_engine_slips
  (id, maker_id, brand_id, order_id, position, slip_number, state, changed_at,
   waits_for_sign_in, attempts)
select gen_random_uuid(), maker_id, brand_id, order_id, position + 1, slip_number || 'b',
  state, changed_at, waits_for_sign_in, attempts
from next_engine_slips"""
"""What a release does that does not know of the column."""
WALLS = "select relname from pg_class where relforcerowsecurity order by relname"


def links_of(session: Session) -> list[UUID]:
    return list(session.scalars(text("select link_id from next_engine_slips")))


@pytest.mark.parametrize(
    "fill", [runpy.run_path(str(MIGRATION))["FILL"], runpy.run_path(str(LEARNING))["FILL"]]
)
def test_old_slips_learn_it_and_the_walls_stand_again(
    placed: Callable[..., list[Order]],
    deps: Deps,
    world: World,
    database_url: str,
    fill: tuple[str, ...],
) -> None:
    placed()
    hand_over(deps)
    with deps.database.transaction(world.maker_id) as session:
        assert links_of(session) == [world.link_id] * 2
        session.execute(text("update next_engine_slips set link_id = null"))

    owner_url = database_url.replace("_app:", "_owner:").replace("+psycopg", "")
    with psycopg.connect(owner_url) as owner:
        before = owner.execute(WALLS).fetchall()
        for statement in fill:
            owner.execute(statement)
        assert owner.execute(WALLS).fetchall() == before

    with deps.database.transaction(world.maker_id) as session:
        assert links_of(session) == [world.link_id] * 2


def test_slips_that_an_older_process_writes_learn_it(
    placed: Callable[..., list[Order]], deps: Deps, world: World
) -> None:
    placed()
    hand_over(deps)
    with deps.database.transaction(world.maker_id) as session:
        session.execute(text(AS_BEFORE))
        assert links_of(session) == [world.link_id] * 4
