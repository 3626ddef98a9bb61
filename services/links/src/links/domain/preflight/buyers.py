"""Who could sign in at all (R34)."""

from links.domain.preflight.facts import BrandFacts
from links.domain.preflight.finding import Finding


def nobody(brand: BrandFacts) -> list[Finding]:
    """The brand has no buyer yet: nobody can pass the sign-in."""
    return [] if brand.terms else [Finding(code="no_buyers", rule="R34", field=None)]
