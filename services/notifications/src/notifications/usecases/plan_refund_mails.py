"""When a card was charged and nothing could be ordered: buyer and brand are told (D21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications.domain.kinds import PAYMENT_REFUNDED_BRAND, PAYMENT_REFUNDED_BUYER
from notifications.domain.recipients import once_each
from notifications.usecases.plan_mail import Subject, plan_mail
from notifications.usecases.plan_staff_mails import plan_staff_mails


@dataclass(frozen=True, kw_only=True)
class RefundedPayment:
    """What of the event decides who is told; `values` is all of it."""

    event_id: UUID
    maker_id: UUID
    brand_id: UUID
    checkout_id: UUID
    language: str
    time_zone: str
    recipients: tuple[str, ...]
    values: Mapping[str, Any]


def plan_refund_mails(session: Session, refunded: RefundedPayment) -> None:
    """Plan each mail once."""
    subject = Subject(
        event_id=refunded.event_id,
        maker_id=refunded.maker_id,
        brand_id=refunded.brand_id,
        subject_id=refunded.checkout_id,
        order_id=None,
        order_number=None,
        time_zone=refunded.time_zone,
        values=refunded.values,
    )
    for address in once_each(refunded.recipients):
        plan_mail(session, subject, PAYMENT_REFUNDED_BUYER, address, refunded.language)
    plan_staff_mails(session, subject, PAYMENT_REFUNDED_BRAND)
