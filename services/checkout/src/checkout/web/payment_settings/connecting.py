"""Asking Stripe about an account, in words for who typed it."""

from uuid import UUID

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.domain.payment import CardSettings
from checkout.flows.refresh_account import refresh_account
from checkout.gateways.stripe.accounts import read_account
from checkout.gateways.stripe.client import StripeAway, StripeRefused
from checkout.store.brands import card_settings
from checkout.usecases.keep_card_settings import (
    WrongCardSetting,
    connect_account,
    read_account_id,
)
from common.audit import Editor
from common.errors import FieldError, Unavailable


def connect(account_id: str, *, brand_id: UUID, maker_id: UUID, by: Editor) -> CardSettings:
    """Connect the account that was typed. Raises WrongCardSetting, Unavailable."""
    wished = read_account_id(account_id)
    try:
        account = read_account(deps().stripe, wished)
    except StripeRefused as refused:
        error = FieldError("account_id", "unknown", "Stripe does not know this account.")
        raise WrongCardSetting("Some fields are not right.", errors=[error]) from refused
    except StripeAway as away:
        raise _away() from away
    with deps().database.transaction(maker_id) as session:
        return connect_account(session, account, brand_id=brand_id, maker_id=maker_id, by=by)


def look_again(*, brand_id: UUID, maker_id: UUID) -> None:
    """Ask Stripe how the brand's account stands now. Raises Unavailable."""
    with deps().database.transaction(maker_id) as session:
        account_id = card_settings(session, brand_id=brand_id).account_id
    if account_id is None:
        return
    try:
        refresh_account(deps(), maker_id=maker_id, account_id=account_id)
    except (StripeAway, StripeRefused) as away:
        raise _away() from away


def _away() -> Unavailable:
    return Unavailable(_("Stripe does not answer at the moment."))
