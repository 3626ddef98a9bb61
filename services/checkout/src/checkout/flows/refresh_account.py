"""Ask Stripe how a connected account stands (R119)."""

from uuid import UUID

from checkout.deps import Deps
from checkout.gateways.stripe.accounts import Account, read_account
from checkout.store.stripe import put_account


def refresh_account(deps: Deps, *, maker_id: UUID, account_id: str) -> Account:
    """Store the account's state for the maker's brands that use it. Raises StripeAway, StripeRefused."""
    account = read_account(deps.stripe, account_id)
    with deps.database.transaction(maker_id) as session:
        put_account(
            session,
            account_id=account.account_id,
            details_submitted=account.details_submitted,
            charges_enabled=account.charges_enabled,
            payouts_enabled=account.payouts_enabled,
            checked_at=deps.now(),
        )
    return account
