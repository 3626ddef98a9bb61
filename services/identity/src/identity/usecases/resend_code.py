"""The code did not arrive: send another; the one before is dead (R53)."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.errors import TooManyAttempts
from common.ids import new_id
from identity.domain import verification
from identity.store.accounts import count_codes_mailed, lock_address, lock_registration
from identity.store.users import find_user_by_email
from identity.usecases.begin_registration import mail_code_of


class TooSoon(TooManyAttempts):
    """A minute has to pass between two mails."""

    code = "code_resent_too_soon"
    rule = "R53"


def resend_code(session: Session, token: str, *, now: datetime) -> None:
    """Mail a new code, with its own tries. Raises TooSoon, RegistrationIsOver."""
    row = lock_registration(session, token, now=now)
    wait = verification.seconds_to_wait(row.next_mail_at, now=now)
    if wait:
        raise TooSoon(retry_after=wait)
    lock_address(session, row.email)
    row.next_mail_at = now + verification.PAUSE
    if count_codes_mailed(session, row.email, now=now) >= verification.MAILS_PER_HOUR:
        return
    row.code_id, row.code_expires_at = new_id(), now + verification.CODE
    row.tries, row.mails = 0, row.mails + 1
    row.is_barred = find_user_by_email(session, row.email) is not None
    mail_code_of(session, row)
