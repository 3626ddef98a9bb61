"""PostgreSQL: typed rows, one transaction per request or task, tenants walled off (K19)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Engine, MetaData, Uuid, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    mapped_column,
    sessionmaker,
)

from common.beginnings import find_and_tell, tell_tenant
from common.pings import ping_the_rested
from common.together import sent_with_commit
from common.tracing.statements import watch_statements
from common.watching.pool import watch_pool

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

OPTIONS = (
    "-c statement_timeout=5000 -c lock_timeout=2000 "
    "-c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every table's base: typed constructor, named constraints, aware instants."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute.
        datetime: DateTime(timezone=True),
        UUID: Uuid(as_uuid=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        list[str]: JSONB,
    }


class TenantRow(MappedAsDataclass, kw_only=True):
    """A row that belongs to one maker; row-level security compares `maker_id`."""

    maker_id: Mapped[UUID] = mapped_column()


class Database:
    """A pool of connections to this service's own database."""

    def __init__(
        self, url: str, *, pool_size: int = 4, max_overflow: int = 4, is_watched: bool = True
    ) -> None:
        self.engine: Engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_timeout=5,
            hide_parameters=True,  # Errors are logged; what people wrote is not.
            connect_args={"connect_timeout": 3, "tcp_user_timeout": 10_000, "options": OPTIONS},
        )
        ping_the_rested(self.engine)
        if is_watched:
            watch_statements(self.engine)
            watch_pool(self.engine, limit=pool_size + max_overflow)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(
        self,
        maker_id: UUID | None = None,
        *,
        may_be_lost: bool = False,
        writes_last: bool = False,
    ) -> Iterator[Session]:
        """Give one transaction, committed at the end, as that maker (None: global tables only).

        `may_be_lost`: a maker's commit does not wait for the disk. Others see it at once; should
        PostgreSQL's machine fall within the next moment, it never was.
        `writes_last`: what is written by `together.write` goes with the commit, in one round trip.
        """
        with self._sessions() as session, session.begin():
            if maker_id is not None:
                act_as(session, maker_id, may_be_lost=may_be_lost)
            with sent_with_commit(session) if writes_last else nullcontext():
                yield session

    def beside(self) -> "Database":
        """Return one connection beside the pool, for whoever looks on while that is used up."""
        url = self.engine.url.render_as_string(hide_password=False)
        return Database(url, pool_size=1, max_overflow=0, is_watched=False)

    def close(self) -> None:
        self.engine.dispose()


def act_as(session: Session, maker_id: UUID, *, may_be_lost: bool = False) -> None:
    """Let the rest of this transaction see that maker's rows, and no others."""
    connection = session.connection()
    driver = connection.connection.driver_connection
    if not tell_tenant(driver, maker_id, may_be_lost=may_be_lost):
        set_tenant = "select set_config('app.tenant', %s, true)"
        connection.exec_driver_sql(set_tenant, (str(maker_id),))


def act_as_owner(session: Session, words: str, key: UUID) -> str | None:
    """Begin, find whose `key` is and act as that maker, in one round trip.

    `words` has {} for the key and says set_config('app.tenant', …) itself. Returns its first column
    as text, None for a key that is nobody's.
    """
    connection = session.connection()
    said = words.format(UUID(int=key.int))
    found = find_and_tell(connection.connection.driver_connection, said)
    if found is None:
        found = [str(row[0]) for row in connection.exec_driver_sql(said)]
    return found[0] if found else None
