"""The service that a command runs beside, as its environment tells it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from common.commands.command import Refused
from common.context import Trace, traced
from common.db import Database
from common.errors import Refusal


def own_database() -> Database:
    """Return the database of the service that we run beside. Raises Refused."""
    if "DATABASE_URL" not in os.environ:
        raise Refused("Run this beside a service: DATABASE_URL is not set.")
    return Database(os.environ["DATABASE_URL"], pool_size=1, is_watched=False)


def own_service() -> str:
    return os.environ.get("SERVICE", "")


def known_services() -> list[str]:
    """Return ourselves and all peers."""
    return sorted({own_service(), *json.loads(os.environ.get("PEERS", "{}"))} - {""})


@contextmanager
def own_transaction() -> Iterator[Session]:
    """Give one transaction on that database, with a request id for the log. Raises Refused."""
    database = own_database()
    try:
        with traced(Trace(uuid4().hex)), database.transaction() as session:
            yield session
    except Refusal as refusal:
        raise Refused(refusal.detail) from refusal
    except OperationalError as away:
        raise Refused("The database does not answer; see DATABASE_URL.") from away
    except ProgrammingError as unfit:
        raise Refused("The database's schema does not fit: is it migrated?") from unfit
    finally:
        database.close()
