"""What a link cannot be at all; the form refuses it at the same field (`domain/link_rules.py`)."""

from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import BLOCKS, Finding


def period(link: LinkFacts) -> list[Finding]:
    """The expiration is not later than the release (R25)."""
    if link.release_at and link.expires_at and link.expires_at <= link.release_at:
        return [Finding(code="period_is_empty", rule="R25", field="expires_at", severity=BLOCKS)]
    return []


def payment(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """A link that takes orders has no payment method, or none that works (R118, R113, R121)."""
    if link.view_only:
        return []
    field = "payment_methods"
    if not link.payment_methods:
        return [Finding(code="no_payment_method", rule="R118", field=field, severity=BLOCKS)]
    if "stripe" not in link.payment_methods or brand.can_take_cards:
        return []
    is_alone = set(link.payment_methods) == {"stripe"}
    return [
        Finding(
            code="cards_need_the_add_on",
            rule="R113",
            field=field,
            severity=BLOCKS,
            values={"is_alone": is_alone},
        )
    ]


def background(link: LinkFacts) -> list[Finding]:
    """Image without an image, or Video without an address (R146)."""
    if link.background_kind == "empty" or link.has_background:
        return []
    field = "background.image" if link.background_kind == "image" else "background.url"
    values = {"kind": link.background_kind}
    return [
        Finding(
            code="background_is_missing", rule="R146", field=field, severity=BLOCKS, values=values
        )
    ]
