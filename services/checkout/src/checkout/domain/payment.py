"""Which ways to pay are in force (R113 to R121, D7)."""

from collections.abc import Iterable
from dataclasses import dataclass

OUTSIDE, STRIPE = "outside", "stripe"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSettings:
    """What a brand has of card payment: the add-on, its Stripe account and that account's state."""

    add_on: bool = False
    account_id: str | None = None
    details_submitted: bool = False
    charges_enabled: bool = False
    payouts_enabled: bool = False
    commerce_page_url: str | None = None
    """The published page about commercial transactions."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what R119 still asks for, in the order in which it is done."""
        needed = {
            "account": self.account_id is not None,
            "application": self.details_submitted,
            "charges": self.charges_enabled,
            "payouts": self.payouts_enabled,
            "commerce_page": self.commerce_page_url is not None,
        }
        return tuple(name for name, is_there in needed.items() if not is_there)

    @property
    def can_take_cards(self) -> bool:
        """Whether links of the brand offer cards: the add-on, and all that Stripe needs (R113)."""
        return self.add_on and not self.missing


def methods_in_force(link_methods: Iterable[str], *, can_take_cards: bool) -> tuple[str, ...]:
    """Return what this link offers now; Stripe only while the brand can take cards (R113, R121).

    Stripe in this list also forces the address, whatever the buyer chooses later (D7).
    """
    allowed = {OUTSIDE, STRIPE} if can_take_cards else {OUTSIDE}
    return tuple(method for method in (OUTSIDE, STRIPE) if method in set(link_methods) & allowed)
