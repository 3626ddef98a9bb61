"""Which ways to pay are in force (R113 to R118, D7)."""

from collections.abc import Iterable

OUTSIDE, STRIPE = "outside", "stripe"


def methods_in_force(link_methods: Iterable[str], *, stripe_add_on: bool) -> tuple[str, ...]:
    """Return what this link offers now; Stripe only while the brand's add-on is active (R113).

    Stripe in this list also forces the address, whatever the buyer chooses later (D7).
    """
    allowed = {OUTSIDE, STRIPE} if stripe_add_on else {OUTSIDE}
    return tuple(method for method in (OUTSIDE, STRIPE) if method in set(link_methods) & allowed)
