"""`python -m devstack.world <service>`: write that service's part of the demo world."""

import importlib
import os
import sys

from common.clock import utc_now
from common.db import Database


def main() -> None:
    part = importlib.import_module(f"devstack.world.{sys.argv[1]}")
    database = Database(os.environ["DATABASE_URL"])
    try:
        part.load(database, now=utc_now(), env=os.environ)
    finally:
        database.close()


if __name__ == "__main__":
    main()
