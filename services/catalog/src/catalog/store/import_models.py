"""Files of products that staff or programs brought, row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class ProductImport(TenantRow, Base, kw_only=True):
    """planned → confirmed → done, or cancelled."""

    __tablename__ = "product_imports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    file_name: Mapped[str]
    settings: Mapped[dict[str, Any]]
    """kind (own or shopify), language and price_key: how a Shopify file is read; columns: ours."""
    columns: Mapped[list[str]]
    """The file's columns, in its order."""
    state: Mapped[str] = mapped_column(default="planned")
    actor_name: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class ProductImportRow(TenantRow, Base, kw_only=True):
    __tablename__ = "product_import_rows"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("product_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The row's number in the file, as a spreadsheet counts."""
    model_number: Mapped[str]
    fate: Mapped[str]
    cells: Mapped[list[Any]]
    """The file's cells, in the order of the import's columns."""
    notes: Mapped[list[Any]]
    """[{field, code, detail}] of what is wrong, in English; the page translates."""
    result: Mapped[str | None] = mapped_column(default=None)
    """None: nothing was done about it yet."""
