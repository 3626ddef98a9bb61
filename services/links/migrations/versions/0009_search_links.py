"""Search the names of 100,000 links: one text in small letters, see common.search."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute(
        "alter table links add column search_text text"
        " generated always as (lower(normalize(name, nfkc))) stored not null"
    )
