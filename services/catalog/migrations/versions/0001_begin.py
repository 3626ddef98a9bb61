"""Begin: products, prices, catalogs, lookbooks and the delivery tables."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all, wall_off

revision = "0001"
down_revision = None

TABLES = {
    "taxes": """
  id uuid constraint pk_taxes primary key,
  brand_id uuid not null,
  names jsonb not null,
  country text not null,
  percent numeric(7, 4) not null,
  is_reduced boolean not null,
  rounding text not null constraint ck_taxes_rounding check (rounding in ('down', 'up', 'half_up'))""",
    "products": """
  id uuid constraint pk_products primary key,
  brand_id uuid not null,
  model_number text not null,
  names jsonb not null,
  descriptions jsonb not null,
  materials jsonb not null,
  category text not null,
  tax_id uuid constraint fk_products_tax_id_taxes references taxes (id),
  constraint uq_products_brand_id_model_number unique (brand_id, model_number)""",
    "product_images": """
  id uuid constraint pk_product_images primary key,
  product_id uuid not null constraint fk_product_images_product_id_products references products (id),
  key text not null,
  colour text,
  alts jsonb not null,
  position integer not null""",
    "skus": """
  id uuid constraint pk_skus primary key,
  brand_id uuid not null,
  product_id uuid not null constraint fk_skus_product_id_products references products (id),
  number text not null,
  colour text not null,
  colour_names jsonb not null,
  colour_hex text not null,
  size text not null,
  position integer not null,
  constraint uq_skus_brand_id_number unique (brand_id, number),
  constraint uq_skus_product_id_colour_size unique (product_id, colour, size)""",
    "prices": """
  product_id uuid not null constraint fk_prices_product_id_products references products (id),
  trade_term_id uuid not null,
  currency text not null,
  minor bigint not null constraint ck_prices_minor check (minor >= 0),
  constraint pk_prices primary key (product_id, trade_term_id, currency)""",
    "catalogs": """
  id uuid constraint pk_catalogs primary key,
  brand_id uuid not null,
  code text,
  names jsonb not null,
  descriptions jsonb not null,
  status text not null constraint ck_catalogs_status check (status in ('open', 'limited', 'closed')),
  open_at timestamptz,
  order_deadline_at timestamptz,
  payment_methods jsonb not null,
  address_shown boolean not null,
  shipping_rows jsonb not null,
  hero_key text,
  deleted_at timestamptz,
  constraint uq_catalogs_brand_id_code unique (brand_id, code)""",
    "catalog_products": """
  catalog_id uuid not null constraint fk_catalog_products_catalog_id_catalogs references catalogs (id),
  product_id uuid not null constraint fk_catalog_products_product_id_products references products (id),
  position integer not null,
  constraint pk_catalog_products primary key (catalog_id, product_id)""",
    "grants": """
  catalog_id uuid not null constraint fk_grants_catalog_id_catalogs references catalogs (id),
  buyer_id uuid not null,
  constraint pk_grants primary key (catalog_id, buyer_id)""",
    "rate_overrides": """
  id uuid constraint pk_rate_overrides primary key,
  buyer_id uuid not null,
  catalog_id uuid,
  product_id uuid,
  kind text not null constraint ck_rate_overrides_kind check (kind in ('ratio', 'percent_off')),
  value numeric(9, 4) not null,
  constraint ck_rate_overrides_target check (catalog_id is not null or product_id is not null),
  constraint uq_rate_overrides_buyer_id_catalog_id_product_id
    unique nulls not distinct (buyer_id, catalog_id, product_id)""",
    "lookbooks": """
  id uuid constraint pk_lookbooks primary key,
  brand_id uuid not null,
  names jsonb not null,
  status text not null constraint ck_lookbooks_status check (status in ('public', 'draft')),
  keys jsonb not null""",
}

INDEXES = (
    "create index ix_catalogs_brand_id on catalogs (brand_id, id) where deleted_at is null",
    "create index ix_catalog_products_order on catalog_products (catalog_id, position)",
    "create index ix_catalog_products_product_id on catalog_products (product_id)",
    "create index ix_product_images_product_id on product_images (product_id, position)",
    "create index ix_skus_product_id on skus (product_id, position)",
    "create index ix_products_brand_id_id on products (brand_id, id desc)",
    "create index ix_lookbooks_brand_id on lookbooks (brand_id, id)",
)


def upgrade() -> None:
    create_delivery_tables(op)
    op.execute(
        "create table brand_makers "
        "(brand_id uuid constraint pk_brand_makers primary key, maker_id uuid not null)"
    )
    for name, columns in TABLES.items():
        op.execute(f"create table {name} (maker_id uuid not null, {columns})")
    for index in INDEXES:
        op.execute(index)
    wall_off(op, *TABLES)
    grant_all(op, service="catalog")
