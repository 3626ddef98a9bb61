"""Add a brand to a maker, and give one another name. Its code stays: order numbers begin with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import NOTHING, Place, Subject, record_change
from common.ids import new_id
from identity.domain.brand import demand_free, read_brand, read_name
from identity.store.brands import BrandNotFound, get_brand, list_brands
from identity.store.models import Brand, BrandLookup, StaffBrand
from identity.store.team import get_member_of_user, lock_team
from identity.usecases.managing import Manager


def add_brand(session: Session, name: str, code: str, *, manager: Manager, now: datetime) -> Brand:
    """Add a brand; who sees all brands sees it, and the person who adds it. Raises BrandInvalid."""
    name, code = read_brand(name, code)
    lock_team(session, manager.maker_id)
    demand_free(is_taken=code in {brand.code for brand in list_brands(session)})
    brand = Brand(id=new_id(), maker_id=manager.maker_id, name=name, code=code)
    session.add_all([brand, BrandLookup(brand_id=brand.id, maker_id=brand.maker_id)])
    session.flush()
    _show_to(session, brand, manager.person_id)
    _record(session, "brand_added", brand, manager, now, after={"name": name, "code": code})
    return brand


def rename_brand(
    session: Session, brand_id: UUID, name: str, *, manager: Manager, now: datetime
) -> Brand:
    """Give a brand another name. Raises BrandInvalid, BrandNotFound for one that is not seen."""
    name = read_name(name)
    lock_team(session, manager.maker_id)
    if brand_id not in manager.brand_ids:
        raise BrandNotFound("There is no such brand.")
    brand = get_brand(session, brand_id)
    before, brand.name = brand.name, name
    session.flush()
    if before != name:
        was, became = {"name": before}, {"name": name}
        _record(session, "brand_renamed", brand, manager, now, before=was, after=became)
    return brand


def _show_to(session: Session, brand: Brand, person_id: UUID) -> None:
    member, _ = get_member_of_user(session, person_id)
    if not member.has_all_brands:
        row = StaffBrand(maker_id=brand.maker_id, staff_id=member.id, brand_id=brand.id)
        session.add(row)
        session.flush()


def _record(
    session: Session,
    action: str,
    brand: Brand,
    manager: Manager,
    now: datetime,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str],
) -> None:
    record_change(
        session,
        actor=manager.actor,
        place=Place(manager.maker_id, brand.id),
        action=action,
        subject=Subject("brand", brand.id, brand.name),
        before=before or NOTHING,
        after=after,
        now=now,
    )
