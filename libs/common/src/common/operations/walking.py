"""Lets PostgreSQL walk along an index to the first rows, instead of reading all and sorting them."""

from sqlalchemy import text
from sqlalchemy.orm import Session

WALK = text("""
select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('jit', 'off', true)
""")


def walk_indexes(session: Session) -> None:
    """Do so until commit.

    The planner takes ten thousand steps along an index for dearer than reading a million rows at
    once, wherever it does not know that the table lies in the index's order; and it would compile
    what runs for milliseconds.
    """
    session.execute(WALK)
