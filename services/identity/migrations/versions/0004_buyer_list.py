"""The list of buyers at 100,000 of them: one text to search, counts from an index."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    # Searched from left to right beside the id's order; LIKE is no leakproof operator, so under a
    # row-level policy no index on it would ever be used. One short text is quick to look through.
    """
alter table buyers add column search_text text generated always as (
  lower(normalize(
    name || ' ' || unique_code || ' ' || coalesce(customer_code, '') || ' ' || coalesce(contact_email, '')
    || ' ' || coalesce(login_email, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, ''),
    nfkc))
) stored not null""",
    "create index ix_buyers_brand_id_kind on buyers (brand_id, kind) include (maker_id)",
    # An order's event may arrive after its buyer was deleted; its outcome is recorded all the same.
    "alter table transition_outcomes drop constraint fk_transition_outcomes_buyer_id_buyers",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
