"""Connected accounts."""

from dataclasses import dataclass

from stripe import StripeClient

from checkout.gateways.stripe.client import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connected account's state (R119)."""

    account_id: str
    name: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool


def read_account(client: StripeClient, account_id: str) -> Account:
    with translated():
        found = client.v1.accounts.retrieve(account_id)
    profile = found.business_profile
    return Account(
        account_id=found.id,
        name=(profile.name if profile else None) or found.id,
        details_submitted=bool(found.details_submitted),
        charges_enabled=bool(found.charges_enabled),
        payouts_enabled=bool(found.payouts_enabled),
    )
