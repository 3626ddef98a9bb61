"""Files of buyers: the plan of every row before anything is written, and what came of it."""

from alembic import op

from common.migrations import wall_off

revision = "0005"
down_revision = "0004"

TABLES = (
    """
create table buyer_imports (
  id uuid not null,
  brand_id uuid not null,
  file_name text not null,
  columns jsonb not null,
  state text not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz,
  maker_id uuid not null,
  constraint pk_buyer_imports primary key (id),
  constraint ck_buyer_imports_state_known check (state in ('planned', 'confirmed', 'done', 'cancelled')),
  constraint fk_buyer_imports_brand_id_brands foreign key(brand_id) references brands (id)
)""",
    "create index ix_buyer_imports_brand_id_id on buyer_imports (brand_id, id)",
    "create index ix_buyer_imports_state on buyer_imports (state) where state = 'confirmed'",
    """
create table buyer_import_rows (
  import_id uuid not null,
  number integer not null,
  fate text not null,
  cells jsonb not null,
  changes jsonb not null,
  errors jsonb not null,
  buyer_id uuid,
  buyer_version integer,
  result text,
  maker_id uuid not null,
  constraint pk_buyer_import_rows primary key (import_id, number),
  constraint ck_buyer_import_rows_fate_known check (fate in ('create', 'update', 'unchanged', 'error')),
  constraint ck_buyer_import_rows_result_known check (result in ('created', 'updated', 'unchanged', 'failed')),
  constraint fk_buyer_import_rows_import_id_buyer_imports foreign key(import_id) references buyer_imports (id) on delete cascade
)""",
    "create index ix_buyer_import_rows_fate on buyer_import_rows (import_id, fate, number)",
    "create index ix_buyer_import_rows_waiting on buyer_import_rows (import_id, number) where result is null",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    wall_off(op, "buyer_imports", "buyer_import_rows")
    for table in ("buyer_imports", "buyer_import_rows"):
        op.execute(f"grant select, insert, update, delete on {table} to identity_app")
