"""The first words of a transaction, in one round trip: that it begins, for which maker, and how.

psycopg would send the two one after the other, each with a wait for PostgreSQL and, from SQLAlchemy,
a tenth of a millisecond of its own: of a page's many small transactions that is a good part.
"""

from typing import Any
from uuid import UUID

from psycopg.pq import ExecStatus, TransactionStatus

SET_TENANT = "select set_config('app.tenant', '{}', true)"
MAY_BE_LOST = ", set_config('synchronous_commit', 'off', true)"
FIRST = {TransactionStatus.IDLE: "begin; ", TransactionStatus.INTRANS: ""}


def tell_tenant(driver: Any, maker_id: UUID, *, may_be_lost: bool = False) -> bool:
    """Say it on psycopg's connection; return whether PostgreSQL has taken it.

    `may_be_lost`: the commit does not wait for the disk. If not taken, the usual way through SQLAlchemy fails too, and says why.
    """
    server = driver.pgconn
    first = FIRST.get(server.transaction_status)
    if first is None:
        return False
    # A UUID is digits and dashes: there is nothing to escape.
    words = first + SET_TENANT.format(UUID(int=maker_id.int)) + MAY_BE_LOST * may_be_lost
    result = server.exec_(words.encode())
    return bool(result.status == ExecStatus.TUPLES_OK)


def find_and_tell(driver: Any, words: str) -> list[str] | None:
    """Begin with a query, made of nothing a person wrote; return its first column as text.

    None where PostgreSQL has not taken it, as in tell_tenant.
    """
    server = driver.pgconn
    if server.transaction_status != TransactionStatus.IDLE:
        return None
    result = server.exec_(f"begin; {words}".encode())
    if result.status != ExecStatus.TUPLES_OK:
        return None
    values = (result.get_value(row, 0) for row in range(result.ntuples))
    return [value.decode() for value in values if value is not None]
