"""When an order is completed: one mail per recipient of buyer, brand and maker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications.domain.kinds import ORDER_COMPLETED_BRAND, ORDER_COMPLETED_BUYER
from notifications.domain.recipients import once_each
from notifications.usecases.plan_mail import Subject, plan_mail
from notifications.usecases.plan_staff_mails import plan_staff_mails


@dataclass(frozen=True, kw_only=True)
class CompletedOrder:
    """What of the event decides who is told, and in which language; `values` is all of it."""

    event_id: UUID
    maker_id: UUID
    brand_id: UUID
    order_id: UUID
    order_number: str
    language: str
    time_zone: str
    recipients: tuple[str, ...]
    values: Mapping[str, Any]


def plan_order_mails(session: Session, order: CompletedOrder) -> None:
    """Plan each mail once; a repeated event plans nothing more (R189, R190, R195, R207)."""
    subject = Subject(
        event_id=order.event_id,
        maker_id=order.maker_id,
        brand_id=order.brand_id,
        subject_id=order.order_id,
        order_id=order.order_id,
        order_number=order.order_number,
        time_zone=order.time_zone,
        values=order.values,
    )
    for address in once_each(order.recipients):
        plan_mail(session, subject, ORDER_COMPLETED_BUYER, address, order.language)
    plan_staff_mails(session, subject, ORDER_COMPLETED_BRAND)
