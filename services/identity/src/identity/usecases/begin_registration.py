"""Somebody wants a user account: send a code to the address, whoever it belongs to (R53)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from common.ids import new_id
from common.sessions import hash_of
from identity.domain import verification
from identity.store.accounts import count_codes_mailed, lock_address
from identity.store.models import Registration
from identity.store.users import find_user_by_email
from identity.usecases.request_mail import request_mail

SIGN_IN, RESET = "/signin", "/account/resets"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishedAccount:
    """`email` is normal, the password is hashed; `link_token`: the link to go back to."""

    email: str
    name: str
    organisation: str | None
    password_hash: str
    language: str
    link_token: str | None


def begin_registration(session: Session, wish: WishedAccount, *, now: datetime) -> str:
    """Return the raw token of the page that asks for the code: the same for every address.

    An address that has an account gets a mail that says so; one that was sent too many codes
    gets none. Neither shows on the page.
    """
    token = secrets.token_urlsafe(32)
    lock_address(session, wish.email)
    is_known = find_user_by_email(session, wish.email) is not None
    is_tired = count_codes_mailed(session, wish.email, now=now) >= verification.MAILS_PER_HOUR
    row = Registration(
        token_hash=hash_of(token),
        email=wish.email,
        name=wish.name,
        organisation=wish.organisation,
        password_hash=wish.password_hash,
        language=wish.language,
        link_token=wish.link_token,
        is_barred=is_known or is_tired,
        code_id=new_id(),
        code_expires_at=now + verification.CODE,
        mails=0 if is_tired else 1,
        next_mail_at=now + verification.PAUSE,
        expires_at=now + verification.REGISTRATION,
    )
    session.add(row)
    if not is_tired:
        mail_code_of(session, row)
    return token


def mail_code_of(session: Session, row: Registration) -> None:
    """Ask for the registration's mail: its code, or that the address has an account."""
    if row.is_barred:
        request_mail(
            session,
            "account_exists",
            recipient=row.email,
            language=row.language,
            values={"path": SIGN_IN, "reset_path": RESET},
        )
        return
    request_mail(
        session,
        "verification_code",
        recipient=row.email,
        language=row.language,
        values={"expires_at": row.code_expires_at},
        reference_id=row.code_id,
        expires_at=row.code_expires_at,
    )
