"""Order sheets that buyers filled, row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class OrderSheet(TenantRow, Base, kw_only=True):
    """A file as it came, and what became of each of its rows. Never changed, kept for a month."""

    __tablename__ = "order_sheets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    buyer_id: Mapped[UUID]
    link_id: Mapped[UUID | None]
    """None in a Standard Order (R88)."""
    catalog_id: Mapped[UUID]
    file_name: Mapped[str]
    head: Mapped[list[Any]]
    """The rows up to the names of the columns, these last."""
    rows: Mapped[list[Any]]
    """[{number, cells, fate, sku_id, quantity, limit, before}], in the file's order."""
    created_at: Mapped[datetime]
