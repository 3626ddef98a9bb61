"""When an upload needs a person: one mail per staff address and slip."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy.orm import Session

from notifications.domain.kinds import UPLOAD_ATTENTION
from notifications.usecases.plan_mail import Subject
from notifications.usecases.plan_staff_mails import plan_staff_mails


@dataclass(frozen=True, kw_only=True)
class FailedUpload:
    """A slip that NEXT ENGINE does not take until somebody changes something."""

    event_id: UUID
    maker_id: UUID
    brand_id: UUID
    order_id: UUID
    order_number: str
    slip_number: str
    time_zone: str
    values: Mapping[str, Any]


def plan_upload_mail(session: Session, upload: FailedUpload) -> None:
    """Tell the brand once per slip and reason: the same failure again is no news."""
    reason = f"{upload.slip_number}|{upload.values.get('note')}"
    subject = Subject(
        event_id=upload.event_id,
        maker_id=upload.maker_id,
        brand_id=upload.brand_id,
        subject_id=uuid5(NAMESPACE_OID, f"{upload.order_id}|{reason}"),
        order_id=upload.order_id,
        order_number=upload.order_number,
        time_zone=upload.time_zone,
        values=upload.values,
    )
    plan_staff_mails(session, subject, UPLOAD_ATTENTION, only_brand=True)
