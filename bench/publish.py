"""What announcing a fact costs: a business row with an event for three readers, to the row alone."""

from pathlib import Path
from typing import ClassVar
from uuid import UUID

from sqlalchemy import text

from bench.figure import Figure, ratio
from common.db import Database
from common.delivery import Event, publish
from common.ids import new_id
from devstack.servers.ports import free_ports
from devstack.servers.postgres import running_postgres
from devstack.testing.databases import DatabaseMaker

MAKER = UUID(int=1)


class SomethingHappened(Event):
    name: ClassVar[str] = "notifications.something_happened.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("links", "identity", "checkout")


def measure(folder: Path) -> list[Figure]:
    with running_postgres(folder / "postgres", *free_ports(1)) as server:
        database = Database(DatabaseMaker(server)("notifications").url)
        insert = text(
            "insert into recipients (id, maker_id, email, language) values (:id, :maker, :email, 'en')"
        )

        def row() -> dict[str, str]:
            number = str(new_id())
            return {"id": number, "maker": str(MAKER), "email": number}

        def bare() -> None:
            with database.transaction(MAKER) as session:
                session.execute(insert, row())

        def ours() -> None:
            with database.transaction(MAKER) as session:
                session.execute(insert, row())
                publish(
                    session, SomethingHappened(maker_id=MAKER, brand_id=None, aggregate_id=new_id())
                )

        bare()
        ours()
        value = ratio(ours, bare, times=100)
        database.close()
    return [Figure("publish an event for three readers / the row alone", value, "×", 4.0)]
