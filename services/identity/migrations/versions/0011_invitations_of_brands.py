"""Programs of two brands may each invite the same address."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Let one open invitation not forbid another; changes of a team take turns anyway."""
    op.execute("drop index uq_team_invitations_open")
    op.execute(
        "create index ix_team_invitations_open on team_invitations (maker_id, email)"
        " where state = 'open'"
    )
