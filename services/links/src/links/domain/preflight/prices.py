"""Products that some of the brand's buyers can look at and not order (R58)."""

from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import Finding

MOST_NAMED = 5


def missing(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Return one finding per trade term × currency in use: how many products, the first few named."""
    products: dict[tuple[str, str], dict[str, str]] = {}
    for each in brand.missing:
        if each.catalog_id in link.catalog_ids:
            pair = (each.trade_term_id, each.currency)
            products.setdefault(pair, {})[each.product_id] = each.model_number
    return [
        Finding(
            code="price_is_missing",
            rule="R58",
            field=None,
            values={
                "count": len(found),
                "names": sorted(found.values())[:MOST_NAMED],
                "trade_term": brand.trade_term_names.get(term, ""),
                "currency": currency,
                "buyers": _buyers(brand, term, currency),
                "product_id": min(found, key=lambda id: found[id]),
            },
        )
        for (term, currency), found in sorted(products.items())
    ]


def _buyers(brand: BrandFacts, term: str, currency: str) -> int:
    in_use = [each for each in brand.terms if each.trade_term_id == term]
    return sum(each.buyers for each in in_use if each.currency == currency)
