"""Keep products: searched and imported; SKUs in packs; what a catalog and a lookbook still lacked."""

from alembic import op

from common.migrations import wall_off

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    # LIKE is no leakproof operator, so under a row-level policy no index on it is used: one short
    # text is read beside the order of the ids, as identity does for buyers.
    """
alter table products add column search_text text generated always as (
  lower(normalize(model_number || ' ' || jsonb_path_query_array(names, '$.*')::text, nfkc))
) stored not null""",
    "create index ix_products_brand_id_category on products (brand_id, category, id desc)",
    "create index ix_products_tax_id on products (tax_id)",
    "alter table skus add minimum integer constraint ck_skus_minimum check (minimum > 0)",
    "alter table skus add multiple integer constraint ck_skus_multiple check (multiple > 0)",
    "alter table taxes add version integer not null default 1",
    "create index ix_taxes_brand_id on taxes (brand_id, id)",
    "alter table catalogs add minimum_amounts jsonb not null default '{}'",
    "alter table catalogs add lookbook_ids jsonb not null default '[]'",
    "alter table catalogs add videos jsonb not null default '[]'",
    "alter table catalogs add has_comment_box boolean not null default false",
    "alter table lookbooks add alts jsonb not null default '{}'",
)

TABLES = {
    "uploads": """
  key text constraint pk_uploads primary key,
  brand_id uuid not null,
  size_bytes integer not null,
  created_at timestamptz not null""",
    "lookbook_products": """
  lookbook_id uuid not null constraint fk_lookbook_products_lookbook_id_lookbooks
    references lookbooks (id) on delete cascade,
  product_id uuid not null constraint fk_lookbook_products_product_id_products
    references products (id) on delete cascade,
  position integer not null,
  constraint pk_lookbook_products primary key (lookbook_id, product_id)""",
    "product_imports": """
  id uuid constraint pk_product_imports primary key,
  brand_id uuid not null,
  file_name text not null,
  settings jsonb not null,
  columns jsonb not null,
  state text not null constraint ck_product_imports_state
    check (state in ('planned', 'confirmed', 'done', 'cancelled')),
  actor_name text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz""",
    "product_import_rows": """
  import_id uuid not null constraint fk_product_import_rows_import_id_product_imports
    references product_imports (id) on delete cascade,
  number integer not null,
  model_number text not null,
  fate text not null constraint ck_product_import_rows_fate
    check (fate in ('create', 'update', 'unchanged', 'skip', 'error')),
  cells jsonb not null,
  notes jsonb not null,
  result text constraint ck_product_import_rows_result
    check (result in ('created', 'updated', 'unchanged', 'skipped', 'failed')),
  constraint pk_product_import_rows primary key (import_id, number)""",
}

INDEXES = (
    "create index ix_uploads_created_at on uploads (created_at)",
    "create index ix_lookbook_products_product_id on lookbook_products (product_id)",
    "create index ix_product_imports_brand_id on product_imports (brand_id, id desc)",
    "create index ix_product_imports_state on product_imports (state) where state = 'confirmed'",
    "create index ix_product_import_rows_fate on product_import_rows (import_id, fate, number)",
    "create index ix_product_import_rows_waiting on product_import_rows (import_id, number) "
    "where result is null",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for name, columns in TABLES.items():
        op.execute(f"create table {name} (maker_id uuid not null, {columns})")
        op.execute(f"grant select, insert, update, delete on {name} to catalog_app")
    for index in INDEXES:
        op.execute(index)
    wall_off(op, *TABLES)
