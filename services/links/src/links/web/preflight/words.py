"""The pre-flight's findings in the reader's words: what, why, and where the cure is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from links.domain.preflight.finding import Finding
from links.web.preflight import words_of_brand as of_brand
from links.web.preflight import words_of_link as of_link
from links.web.preflight.values import Said, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding as pages and the API say it."""

    code: str
    rule: str
    severity: str
    field: str | None
    what: str
    why: str
    cure: str
    url: str
    """Where the cure is: a field of the link form, or a neighbour's page."""


def tell(finding: Finding, *, link_path: str) -> Told:
    """Return the finding in words; `link_path` is where the link is edited."""
    what, why, cure, page = WORDS[finding.code](finding.values)
    return Told(
        code=finding.code,
        rule=finding.rule,
        severity=finding.severity,
        field=finding.field,
        what=what,
        why=why,
        cure=cure,
        url=page or f"{link_path}#{finding.field or ''}",
    )


WORDS: Mapping[str, Callable[[Values], Said]] = {
    "period_is_empty": of_link.period,
    "no_payment_method": of_link.no_payment,
    "cards_need_the_add_on": of_link.cards,
    "background_is_missing": of_link.background,
    "expiry_is_past": of_link.expired,
    "nothing_to_see": of_brand.nothing,
    "no_buyers": of_brand.no_buyers,
    "catalog_deleted": of_brand.deleted,
    "catalog_closed": of_brand.closed,
    "catalog_for_nobody": of_brand.for_nobody,
    "catalog_not_yet_open": of_brand.not_yet,
    "catalog_opens_after_expiry": of_brand.never,
    "catalog_empty": of_brand.empty,
    "deadline_passed": of_brand.deadline_passed,
    "deadline_before_release": of_brand.deadline_early,
    "price_is_missing": of_brand.price,
    "no_rate_is_usable": of_brand.unusable,
    "no_rate_for_buyers": of_brand.uncovered,
    "next_engine_needs_the_address": of_link.next_engine,
    "address_is_asked_for_shipping": of_link.for_shipping,
    "address_is_asked_for_cards": of_link.for_cards,
    "lookbook_is_draft": of_brand.draft,
    "lookbook_deleted": of_brand.book_gone,
}
