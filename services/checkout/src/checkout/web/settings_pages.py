"""The staff's settings of checkout, as they stand: shipping, payments, NEXT ENGINE."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from checkout.deps import deps
from checkout.gateways.identity import read_brand
from checkout.store.brands import has_stripe_add_on
from checkout.store.next_engine import find_shop
from checkout.store.shipping import list_group_rows
from common.errors import NotFound, Unavailable
from common.web.auth import current_staff

bp = Blueprint("settings", __name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BrandPart:
    """One brand's part of a page."""

    brand_id: UUID
    name: str
    value: Any


@bp.get("/shipping")
def show_shipping() -> str:
    parts = _of_each_brand(lambda session, brand: list_group_rows(session, brand_id=brand))
    return render_template("checkout/shipping.html", parts=parts)


@bp.get("/payments")
def show_payments() -> str:
    parts = _of_each_brand(lambda session, brand: has_stripe_add_on(session, brand_id=brand))
    return render_template("checkout/payments.html", parts=parts)


@bp.get("/next-engine")
def show_next_engine() -> str:
    parts = _of_each_brand(lambda session, brand: find_shop(session, brand_id=brand))
    return render_template("checkout/next_engine.html", parts=parts)


def _of_each_brand(read: Callable[[Session, UUID], T]) -> list[BrandPart]:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        values = {brand_id: read(session, brand_id) for brand_id in staff.brand_ids}
    names = dict(_names(staff.brand_ids))
    return [BrandPart(brand_id, names[brand_id], value) for brand_id, value in values.items()]


def _names(brand_ids: tuple[UUID, ...]) -> Iterator[tuple[UUID, str]]:
    """Return the names; a page of settings is still worth showing without them."""
    for brand_id in brand_ids:
        try:
            yield brand_id, read_brand(deps().peers, brand_id).name
        except (Unavailable, NotFound):
            yield brand_id, ""
