"""One mail to each address of the brand and, where it is theirs too, of its maker (R190)."""

from sqlalchemy.orm import Session

from notifications.domain.recipients import staff_recipients
from notifications.store.recipients import list_recipients
from notifications.usecases.plan_mail import Subject, plan_mail


def plan_staff_mails(
    session: Session, subject: Subject, kind: str, *, only_brand: bool = False
) -> None:
    """Plan the mails, each in its reader's language; `only_brand` leaves the maker's in peace."""
    if subject.brand_id is None:
        return
    staff = list_recipients(session, brand_id=subject.brand_id)
    languages = {row.email: row.language for row in reversed(staff)}
    chosen = staff_recipients(
        brand=[row.email for row in staff if row.brand_id],
        maker=[] if only_brand else [row.email for row in staff if row.brand_id is None],
    )
    for address in chosen:
        plan_mail(session, subject, kind, address, languages[address])
