"""A brand's card payment: its Stripe account, its page, its add-on (R113, R114, R119, R121)."""

import re
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.payment import CardSettings
from checkout.gateways.stripe.accounts import Account
from checkout.store.brands import card_settings, enter_brand
from checkout.store.models import PaymentSettings
from checkout.store.stripe import claim_account, lock_settings, put_account
from checkout.usecases.log_change import log_change
from common.audit import Editor, Subject
from common.errors import FieldError, Invalid

ACCOUNT = re.compile(r"acct_[A-Za-z0-9_]{4,64}")
LONGEST_URL = 500


class WrongCardSetting(Invalid):
    """A value that card payment cannot work with."""

    code = "card_setting_invalid"
    rule = "R119"


def read_account_id(text: str) -> str:
    """Return a connected account's id. Raises WrongCardSetting for what is none."""
    account_id = text.strip()
    if not ACCOUNT.fullmatch(account_id):
        raise _wrong("account_id", "form", "An account id begins with acct_.")
    return account_id


def connect_account(
    session: Session, account: Account, *, brand_id: UUID, maker_id: UUID, by: Editor
) -> CardSettings:
    """Let the brand be paid through this account, as Stripe just described it.

    Raises WrongCardSetting for an account of another maker.
    """
    if claim_account(session, account.account_id, maker_id=maker_id) != maker_id:
        raise _wrong("account_id", "taken", "This account is connected to somebody else.")
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    settings = lock_settings(session, brand_id=brand_id, maker_id=maker_id)
    _log(session, settings, "card_account_connected", by, stripe_account_id=account.account_id)
    settings.stripe_account_id = account.account_id
    session.flush()
    put_account(
        session,
        account_id=account.account_id,
        details_submitted=account.details_submitted,
        charges_enabled=account.charges_enabled,
        payouts_enabled=account.payouts_enabled,
        checked_at=by.now,
    )
    session.refresh(settings)
    return card_settings(session, brand_id=brand_id)


def disconnect_account(session: Session, *, brand_id: UUID, maker_id: UUID, by: Editor) -> None:
    """Take no new card payments; what was paid stays refundable, for each payment knows its account."""
    settings = lock_settings(session, brand_id=brand_id, maker_id=maker_id)
    _log(session, settings, "card_account_disconnected", by, stripe_account_id=None)
    settings.stripe_account_id = None
    settings.details_submitted = settings.charges_enabled = settings.payouts_enabled = False


def set_commerce_page(
    session: Session, url: str, *, brand_id: UUID, maker_id: UUID, by: Editor
) -> None:
    """Keep the address of the published page about commercial transactions; empty takes it away."""
    text = url.strip()
    parts = urlsplit(text)
    is_page = parts.scheme == "https" and "." in parts.netloc and len(text) <= LONGEST_URL
    if text and not is_page:
        raise _wrong("commerce_page_url", "form", "An address that begins with https://.")
    settings = lock_settings(session, brand_id=brand_id, maker_id=maker_id)
    _log(session, settings, "commerce_page_changed", by, commerce_page_url=text or None)
    settings.commerce_page_url = text or None


def set_add_on(
    session: Session, *, is_active: bool, brand_id: UUID, maker_id: UUID, by: Editor
) -> None:
    """Switch the add-on. Without it links that name Stripe stop offering it (R121)."""
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    settings = lock_settings(session, brand_id=brand_id, maker_id=maker_id)
    _log(session, settings, "card_add_on_switched", by, stripe_add_on=is_active)
    settings.stripe_add_on = is_active


def _log(
    session: Session, settings: PaymentSettings, action: str, by: Editor, **after: str | bool | None
) -> None:
    """Write down what these settings become, before they do."""
    log_change(
        session,
        action,
        Subject("card_payment", settings.brand_id, settings.stripe_account_id or ""),
        by=by,
        maker_id=settings.maker_id,
        brand_id=settings.brand_id,
        before={name: getattr(settings, name) for name in after},
        after=after,
    )


def _wrong(field: str, code: str, detail: str) -> WrongCardSetting:
    return WrongCardSetting("Some fields are not right.", errors=[FieldError(field, code, detail)])
