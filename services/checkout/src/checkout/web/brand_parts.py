"""A staff page in parts, one for each brand that its reader may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.deps import deps
from checkout.web.order_view import brand_names
from common.web.auth import current_staff

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BrandPart:
    """One brand's part of a page."""

    brand_id: UUID
    name: str
    value: Any


def of_each_brand(read: Callable[[Session, UUID], T]) -> list[BrandPart]:
    """Return what `read` says of each brand, in one transaction."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        values = {brand_id: read(session, brand_id) for brand_id in staff.brand_ids}
    names = brand_names(staff.brand_ids)
    return [BrandPart(brand_id, names[brand_id], value) for brand_id, value in values.items()]
