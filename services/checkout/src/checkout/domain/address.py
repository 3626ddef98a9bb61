"""Whether a checkout asks for an address (R98 to R105, D7, D23). How one is read: common.addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressNeed:
    """Whether the field is shown; a shown address is always required (D23). `rule` says why."""

    is_shown: bool
    rule: str


def address_need(*, shown: bool, shipping_applies: bool, stripe_in_force: bool) -> AddressNeed:
    """Return whether checkout asks for the address, and the rule that decided it."""
    if shipping_applies:
        return AddressNeed(is_shown=True, rule="R100")
    if stripe_in_force:
        return AddressNeed(is_shown=True, rule="R101")
    return AddressNeed(is_shown=shown, rule="R98" if shown else "R99")
