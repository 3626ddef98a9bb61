"""Hide the address, and what needs it all the same (R100, R101, R112)."""

from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import Finding
from links.domain.preflight.shipping import in_force

FIELD = "address_shown"


def hidden(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """NEXT ENGINE gets no address (R112), or the toggle does nothing (R100, R101)."""
    if link.view_only or link.address_shown:
        return []
    if in_force(link, brand):
        return [Finding(code="address_is_asked_for_shipping", rule="R100", field=FIELD)]
    if "stripe" in link.payment_methods and brand.can_take_cards:
        return [Finding(code="address_is_asked_for_cards", rule="R101", field=FIELD)]
    if brand.has_next_engine:
        return [Finding(code="next_engine_needs_the_address", rule="R112", field=FIELD)]
    return []
