"""Files of buyers that staff or programs brought, row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class BuyerImport(Base, TenantRow, kw_only=True):
    """planned → confirmed → done, or cancelled. Who confirmed it acts in every row's change."""

    __tablename__ = "buyer_imports"
    __table_args__ = (
        CheckConstraint(
            "state in ('planned', 'confirmed', 'done', 'cancelled')", name="state_known"
        ),
        Index("ix_buyer_imports_brand_id_id", "brand_id", "id"),
        Index("ix_buyer_imports_state", "state", postgresql_where=text("state = 'confirmed'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brands.id"))
    file_name: Mapped[str]
    columns: Mapped[list[str]]
    """The keys of the columns that the file has, in its order."""
    state: Mapped[str] = mapped_column(default="planned")
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class BuyerImportRow(Base, TenantRow, kw_only=True):
    __tablename__ = "buyer_import_rows"
    __table_args__ = (
        CheckConstraint("fate in ('create', 'update', 'unchanged', 'error')", name="fate_known"),
        CheckConstraint(
            "result in ('created', 'updated', 'unchanged', 'failed')", name="result_known"
        ),
        Index("ix_buyer_import_rows_fate", "import_id", "fate", "number"),
        Index(
            "ix_buyer_import_rows_waiting",
            "import_id",
            "number",
            postgresql_where=text("result is null"),
        ),
    )

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("buyer_imports.id", ondelete="cascade"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    """The row's number in the file, as a spreadsheet counts."""
    fate: Mapped[str]
    cells: Mapped[dict[str, Any]]
    """What the file says, by column key."""
    changes: Mapped[dict[str, Any]]
    errors: Mapped[list[Any]]
    """[{field, code, detail}], in English; the page translates."""
    buyer_id: Mapped[UUID | None] = mapped_column(default=None)
    buyer_version: Mapped[int | None] = mapped_column(default=None)
    result: Mapped[str | None] = mapped_column(default=None)
    """None: nothing was done about it yet."""
